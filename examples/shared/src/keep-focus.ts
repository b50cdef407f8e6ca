/**
 * Keeps the focus in a list when a focused row is removed: it moves to the button of the next row,
 * or to the list's heading if no row is left. Returns a function that stops it.
 */
export function keepFocus(list: HTMLElement): () => void {
  /** The row with the focus, and its index. */
  let row: Element | undefined
  let index = -1
  const note = ({ target }: FocusEvent): void => {
    row = rowsOf(list).find((one) => target instanceof Node && one.contains(target))
    index = row ? rowsOf(list).indexOf(row) : -1
  }
  const forget = (): void => {
    // A removed row loses the focus too, and must be remembered for the observer.
    queueMicrotask(() => {
      if (row?.isConnected && !row.contains(document.activeElement)) row = undefined
    })
  }
  const observer = new MutationObserver(() => {
    if (!row) return
    const rows = rowsOf(list)
    if (row.isConnected) index = rows.indexOf(row)
    else focusOn(list, rows[Math.min(index, rows.length - 1)])
  })
  list.addEventListener('focusin', note)
  list.addEventListener('focusout', forget)
  observer.observe(list, { childList: true })
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
  const next = row?.querySelector('button') ?? heading
  next?.focus()
}
