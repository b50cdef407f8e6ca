const languages = { ts: 'ts', tsx: 'tsx', svelte: 'ts', vue: 'ts' }

/**
 * The TypeScript in a page: each code block of a language that has some, with the line of the page
 * that its first line has. Of a component it is the script.
 */
export function snippetsOf(text) {
  const blocks = text.matchAll(/^```(\w+)\n(.*?)^```$/gms)
  return [...blocks].flatMap(({ 1: language, 2: block, index }) => {
    const extension = languages[language]
    if (!extension) return []
    const line = lineOf(text, index) + 1
    if (language === 'ts' || language === 'tsx') return [{ extension, line, code: plain(block) }]
    const script = /<script[^>]*>(.*?)<\/script>/s.exec(block)
    if (!script) return []
    const before = script.index + script[0].indexOf('>') + 1
    return [{ extension, line: line + lineOf(block, before) - 1, code: plain(script[1]) }]
  })
}

const lineOf = (text, index) => text.slice(0, index).split('\n').length

/** What stands for the reader's own code becomes code; the lines stay. */
function plain(code) {
  return (
    code
      .replaceAll(/\{ … \}/g, '{ throw 0 }')
      // Markup after a statement without a semicolon would be a comparison.
      .replaceAll(/^</gm, ';<')
  )
}
