import { type ExportRow, keepFocus, type RunsText, type RunText } from '@headway/example-shared'
import { findIn } from './find-in.ts'
import { onPress } from './on-press.ts'
import { createRunRow, type RunRow } from './run-row.ts'
import { showInOrder } from './show-in-order.ts'

/** A run, and its texts. */
export interface ShownRun {
  run: ExportRow
  text: RunText
}

type RunListener = (run: ExportRow) => void

export interface RunsPanel {
  show(text: RunsText, sync: string): void
  showRows(rows: readonly ShownRun[]): void
  onStart(listener: () => void): void
  onShowOlder(listener: () => void): void
  onCancel(listener: RunListener): void
  onRetry(listener: RunListener): void
}

const markup = `
  <section class="panel" data-runs="plain" aria-labelledby="plain-runs">
    <h3 id="plain-runs" tabindex="-1">Plain TypeScript</h3>
    <div class="listing">
      <ul class="runs" aria-labelledby="plain-runs"></ul>
      <p class="hint"></p>
      <p class="notice"></p>
    </div>
    <div class="actions">
      <button type="button" class="primary">Export</button>
      <button type="button" class="older">Show older</button>
    </div>
  </section>`

/** Fills `element` with the panel. */
export function createRunsPanel(element: HTMLElement): RunsPanel {
  element.innerHTML = markup
  const find = findIn(element)
  const [section, list, older] = [find('section'), find('.runs'), find<HTMLButtonElement>('.older')]
  const [hintLine, noticeLine] = [find('.hint'), find('.notice')]
  const rows = new Map<string, RunRow>()
  const on: { cancel?: RunListener; retry?: RunListener } = {}
  keepFocus(list)
  return {
    show({ hint, notice, canShowMore }, sync) {
      section.dataset.sync = sync
      hintLine.textContent = hint
      noticeLine.textContent = notice
      older.ariaDisabled = String(!canShowMore)
    },
    showRows(shown) {
      const ids = new Set(shown.map(({ run }) => run.id))
      for (const id of rows.keys()) if (!ids.has(id)) rows.delete(id)
      const elements = shown.map(({ run, text }) => {
        const row = rows.get(run.id) ?? createRunRow(run.id)
        rows.set(run.id, row)
        row.show(text, run.view.phase)
        row.onPress(() => (text.canRetry ? on.retry : on.cancel)?.(run))
        return row.element
      })
      showInOrder(list, elements)
    },
    onStart: (listener) => onPress(find<HTMLButtonElement>('.primary'), listener),
    onShowOlder: (listener) => onPress(older, listener),
    onCancel(listener) {
      on.cancel = listener
    },
    onRetry(listener) {
      on.retry = listener
    },
  }
}
