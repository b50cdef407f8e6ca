import type { RunsText } from '@headway/example-shared'
import { findIn } from './find-in.ts'
import { onPress } from './on-press.ts'
import { createRunRows, type RunListener, type ShownRun } from './run-rows.ts'

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
  const rows = createRunRows(list)
  return {
    show({ hint, notice, canShowMore }, sync) {
      section.dataset.sync = sync
      hintLine.textContent = hint
      noticeLine.textContent = notice
      older.ariaDisabled = String(!canShowMore)
    },
    showRows: rows.show,
    onStart: (listener) => onPress(find<HTMLButtonElement>('.primary'), listener),
    onShowOlder: (listener) => onPress(older, listener),
    onCancel: rows.onCancel,
    onRetry: rows.onRetry,
  }
}
