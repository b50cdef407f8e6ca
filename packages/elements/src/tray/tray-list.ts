import type { RunRow } from '@headway/core'
import { createTrayRow, type TrayLanguage, type TrayRow } from './tray-row.ts'
import { keyOf } from './tray-rows.ts'

/** The rows of a tray in the page. */
export interface TrayList {
  /** @param hrefOf returns the address of a run's file; `null` for none */
  update(rows: readonly RunRow[], hrefOf: (row: RunRow) => string | null, to: TrayLanguage): void
}

/** Shows rows in `list`. A row keeps its element, and the focus in it, wherever it moves. */
export function createTrayList(
  list: HTMLElement,
  onDownload: (row: RunRow, event: Event) => void,
): TrayList {
  let items = new Map<string, TrayRow>()
  return {
    update(rows, hrefOf, language) {
      const focused = focusIn(list)
      const before = items
      items = new Map()
      for (const [index, row] of rows.entries()) {
        const key = keyOf(row)
        const item = before.get(key) ?? createTrayRow(onDownload)
        before.delete(key)
        items.set(key, item)
        const there = list.children[index] ?? null
        if (there !== item.element) list.insertBefore(item.element, there)
        item.update(row, hrefOf(row), language)
      }
      for (const { element } of before.values()) element.remove()
      // A moved element has lost the focus; a removed one leaves it to the list.
      if (focused && !focusIn(list)) restore(focused, list)
    },
  }
}

/** The element in `list` that has the focus. */
function focusIn(list: HTMLElement): HTMLElement | null {
  const root = list.getRootNode()
  const focused = root instanceof ShadowRoot ? root.activeElement : null
  return focused instanceof HTMLElement && list.contains(focused) ? focused : null
}

function restore(focused: HTMLElement, list: HTMLElement): void {
  if (!focused.isConnected) return list.focus()
  const row = focused.closest('li')
  if (focused.hidden) row?.focus()
  else focused.focus()
}
