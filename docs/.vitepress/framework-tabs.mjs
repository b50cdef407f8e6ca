/**
 * A plugin of markdown-it: two or more blocks of code in a row, each with a bold name above it, are
 * tabs on the site. On GitHub they are read one after the other.
 *
 *     **React**
 *
 *     ```tsx … ```
 *
 *     **Vue**
 *
 *     ```vue … ```
 */
export function frameworkTabs(markdown) {
  markdown.core.ruler.push('framework-tabs', (state) => {
    const { tokens, Token } = state
    const made = []
    for (let at = 0; at < tokens.length; ) {
      const blocks = []
      while (nameAt(tokens, at + blocks.length * 4) !== undefined) {
        const start = at + blocks.length * 4
        blocks.push({ name: nameAt(tokens, start), fence: tokens[start + 3] })
      }
      if (blocks.length < 2) {
        made.push(tokens[at++])
        continue
      }
      made.push(new Token('container_code-group_open', 'div', 1))
      for (const { name, fence } of blocks) {
        fence.info = `${fence.info} [${name}]`
        made.push(fence)
      }
      made.push(new Token('container_code-group_close', 'div', -1))
      at += blocks.length * 4
    }
    state.tokens = made
  })
}

/**
 * The bold name above a block of code that begins here: a paragraph of three tokens, and a fence.
 */
function nameAt(tokens, at) {
  const [open, inline, , fence] = tokens.slice(at, at + 4)
  if (open?.type !== 'paragraph_open' || fence?.type !== 'fence') return undefined
  return /^\*\*([^*]+)\*\*$/.exec(inline.content)?.[1]
}
