/**
 * A plugin of markdown-it: a table whose columns have no names has no headers, which screen readers
 * would read as empty.
 */
export function namedHeaders(markdown) {
  markdown.core.ruler.push('named-headers', ({ tokens }) => {
    for (const [at, token] of tokens.entries()) {
      if (token.type !== 'th_open' || tokens[at + 1]?.content !== '') continue
      for (const cell of [token, tokens[at + 2]]) cell.tag = 'td'
    }
  })
}
