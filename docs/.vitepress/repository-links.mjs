import { fileOf, linkFrom } from './pages.mjs'

/**
 * A plugin of markdown-it: pages keep the links that work on GitHub, and lead to the same places on
 * the site. `page` in the environment is the path below docs that the site gives to a page.
 */
export function repositoryLinks(repository) {
  return (markdown) => {
    markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
      // The reference of the API is written by TypeDoc, with links of its own.
      if (!env.relativePath || env.relativePath.startsWith('api/')) return
      const file = fileOf(env.relativePath)
      for (const token of tokens.flatMap(({ children }) => children ?? [])) {
        if (token.type === 'link_open') {
          token.attrSet('href', linkFrom(file, token.attrGet('href') ?? '', repository))
        }
        // Pages outside docs are written one folder deeper.
        if (token.type === 'image' && !file.startsWith('docs/')) {
          token.attrSet('src', (token.attrGet('src') ?? '').replace(/^docs\//, '../'))
        }
      }
    })
  }
}
