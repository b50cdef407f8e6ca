/**
 * Keeps the focus in a list. When a focused row is removed, it moves to the button of the next row,
 * or to the list's heading if no row is left; when a focused button is removed, to what its row has
 * instead. Returns a function that stops it.
 */
export function keepFocus(list: HTMLElement): () => void {
  /** The element with the focus, its row, and the index of that. */
  let focused: Element | undefined
  let row: Element | undefined
  let index = -1
  const note = ({ target }: FocusEvent): void => {
    focused = target instanceof Element ? target : undefined
    row = rowsOf(list).find((one) => focused && one.contains(focused))
    index = row ? rowsOf(list).indexOf(row) : -1
  }
  const forget = (): void => {
    // A removed element loses the focus too, and must be remembered for the observer.
    queueMicrotask(() => {
      if (focused?.isConnected && focused !== document.activeElement) row = undefined
    })
  }
  const observer = new MutationObserver(() => {
    if (!row) return
    const rows = rowsOf(list)
    if (row.isConnected) index = rows.indexOf(row)
    if (focused?.isConnected) return
    focusOn(list, row.isConnected ? row : rows[Math.min(index, rows.length - 1)])
  })
  list.addEventListener('focusin', note)
  list.addEventListener('focusout', forget)
  observer.observe(list, { childList: true, subtree: true })
  return () => {
    observer.disconnect()
    list.removeEventListener('focusin', note)
    list.removeEventListener('focusout', forget)
  }
}

function rowsOf(list: HTMLElement): Element[] {
  return [...list.children]
}

function focusOn(list: HTMLElement, row: Element | undefined): void {
  const heading = document.getElementById(list.getAttribute('aria-labelledby') ?? '')
  const next = row?.querySelector<HTMLElement>('button') ?? row?.querySelector('a') ?? heading
  next?.focus()
}
