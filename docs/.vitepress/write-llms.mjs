// Writes what language models read: llms.txt, an index of the guides, llms-full.txt with their
// text, and the Markdown of each page beside its HTML. @see https://llmstxt.org
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { outside } from './pages.mjs'

/** The text of llms.txt: the groups of the sidebar, with a line for each page. */
function indexOf(title, description, sidebar) {
  const groups = sidebar.map(({ text, items }) => {
    const lines = items.map(({ text, link }) => `- [${text}](${markdownOf(link)})`)
    return `## ${text}\n\n${lines.join('\n')}\n`
  })
  return `# ${title}\n\n> ${description}\n\n${groups.join('\n')}`
}

/** The path of the Markdown of a page, below the site. */
const markdownOf = (link) => `${link === '/' ? '/index' : link}.md`

/** @param site the settings of VitePress: the folders, the pages, and what the sidebar shows */
export function writeLlms({ srcDir, outDir, pages, rewrites, title, description, sidebar, base }) {
  for (const file of pages) {
    const target = join(outDir, rewrites.map[file] ?? file)
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(join(srcDir, file), target)
  }
  const index = indexOf(title, description, sidebar)
  writeFileSync(join(outDir, 'llms.txt'), index.replaceAll('](/', `](${base}`))
  // The reference is long, and can be read from the types.
  const guides = sidebar
    .filter(({ text }) => text !== 'API')
    .flatMap(({ items }) => items.map(({ link }) => markdownOf(link).slice(1)))
    .filter((page) => outside[page] !== 'CHANGELOG.md')
  const texts = guides.map((page) => readFileSync(join(outDir, page), 'utf8').trim())
  writeFileSync(join(outDir, 'llms-full.txt'), `${texts.join('\n\n---\n\n')}\n`)
}
