const languages = { ts: 'ts', tsx: 'tsx', svelte: 'ts', vue: 'ts' }

/**
 * The TypeScript in a page: each code block of a language that has some, with the line of the page
 * that its first line has. Of a component it is the script. `tab` is the bold name above the block,
 * such as `Vue`, if there is one.
 */
export function snippetsOf(text) {
  const blocks = text.matchAll(/(?:^\*\*([^*\n]+)\*\*\n\n)?^```(\w+)\n(.*?)^```$/gms)
  return [...blocks].flatMap(({ 0: whole, 1: tab, 2: language, 3: block, index }) => {
    const extension = languages[language]
    if (!extension) return []
    const line = lineOf(text, index + whole.indexOf('```')) + 1
    const found = { extension, ...(tab && { tab }) }
    if (language === 'ts' || language === 'tsx') return [{ ...found, line, code: plain(block) }]
    const script = /<script[^>]*>(.*?)<\/script>/s.exec(block)
    if (!script) return []
    const before = script.index + script[0].indexOf('>') + 1
    return [{ ...found, line: line + lineOf(block, before) - 1, code: plain(script[1]) }]
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
