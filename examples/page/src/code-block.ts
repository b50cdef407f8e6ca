const titles: Record<string, string> = {
  plain: 'plain TypeScript',
  svelte: 'Svelte',
  react: 'React',
  vue: 'Vue',
}

/** Where a panel is wide enough for its code, the code is shown from the beginning. */
const isWide = matchMedia('(min-width: 60rem)')

/** The code of a panel, to fold and unfold. */
export function codeBlock(framework: string, text: string): HTMLElement {
  const block = document.createElement('details')
  block.className = 'code'
  block.open = isWide.matches
  const summary = document.createElement('summary')
  summary.textContent = `The code in ${titles[framework]}`
  const lines = document.createElement('pre')
  // It scrolls, so the keyboard has to reach it.
  lines.tabIndex = 0
  const code = document.createElement('code')
  code.textContent = text
  lines.append(code)
  block.append(summary, lines)
  return block
}
