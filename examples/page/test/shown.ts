import type { Page } from 'playwright'
import type { Panel } from './demo-page.ts'

/** The states that a panel has shown, in order, recorded in the page. */
export interface Shown {
  phase: string
  percent: string
  sync: string
}

/**
 * Records in the page every state that its panels show. Some states last only for a frame.
 *
 * @param name the data attribute of the section's panels: `panel`, `import`
 */
export async function watchPanels(page: Page, name = 'panel'): Promise<void> {
  const count = (name: string) => document.querySelectorAll(`[data-${name}]`).length === 4
  await page.waitForFunction(count, name)
  await page.evaluate((name) => {
    const shown: Record<string, Shown[]> = {}
    Object.assign(window, { shown, from: {} })
    for (const panel of document.querySelectorAll<HTMLElement>(`[data-${name}]`)) {
      const list: Shown[] = []
      shown[panel.dataset[name] ?? ''] = list
      const note = (): void => {
        const { phase = '', percent = '', sync = '' } = panel.dataset
        const last = list.at(-1)
        if (last?.phase === phase && last.percent === percent && last.sync === sync) return
        list.push({ phase, percent, sync })
      }
      new MutationObserver(note).observe(panel, {
        attributes: true,
        childList: true,
        subtree: true,
      })
      note()
    }
  }, name)
}

/** Waits until each panel has shown a wanted state since the last call. */
export async function untilShown(page: Page, isWanted: (shown: Shown) => boolean): Promise<void> {
  await page.waitForFunction(
    (test) => {
      const isWanted = new Function(`return (${test})(...arguments)`)
      const { shown, from = {} } = window as unknown as {
        shown: Record<string, Shown[]>
        from?: Record<string, number>
      }
      const indexes = Object.entries(shown).map(([panel, list]) => {
        const start = from[panel] ?? 0
        const index = list.slice(start).findIndex((state) => isWanted(state))
        return [panel, index < 0 ? -1 : start + index] as const
      })
      if (indexes.some(([, index]) => index < 0)) return false
      Object.assign(window, { from: Object.fromEntries(indexes) })
      return true
    },
    isWanted.toString(),
    { polling: 50, timeout: 60_000 },
  )
}

/** The states of each panel since the recording began. */
export function history(page: Page): Promise<Record<Panel, Shown[]>> {
  return page.evaluate(() => (window as unknown as { shown: Record<Panel, Shown[]> }).shown)
}
