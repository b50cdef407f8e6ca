import type { ValueStore } from '@headway/core'

/**
 * The behavior of tabs: a click and the arrow keys choose, and one panel is shown. The tabs are the
 * elements with `role="tab"` in `list`; each names its panel by `aria-controls`.
 *
 * @param chosen the `data-value` of the chosen tab
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function createTabs<T extends string>(list: HTMLElement, chosen: ValueStore<T>): void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')]
  const show = (): void => {
    for (const tab of tabs) {
      const isChosen = tab.dataset.value === chosen.getSnapshot()
      tab.ariaSelected = String(isChosen)
      // Tab reaches the chosen one; from there on the arrow keys lead.
      tab.tabIndex = isChosen ? 0 : -1
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '')
      if (panel) panel.hidden = !isChosen
    }
  }
  const choose = (tab: HTMLElement): void => chosen.set(tab.dataset.value as T)
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener('click', () => choose(tab))
    tab.addEventListener('keydown', (event) => {
      const next = tabs[nextIndex(event.key, index, tabs.length)]
      if (!next) return
      event.preventDefault()
      choose(next)
      next.focus()
    })
  }
  chosen.subscribe(show)
  show()
}

/** The index of the tab that a key leads to; -1 for any other key. */
function nextIndex(key: string, index: number, count: number): number {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count
    case 'ArrowLeft':
      return (index + count - 1) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return -1
  }
}
