import type { BatchText, ListedJob, RunsText } from '@headway/example-shared'
import { findIn } from './find-in.ts'
import { createJobProgress, jobProgressMarkup } from './job-progress.ts'
import { onPress } from './on-press.ts'
import { createRunRows, type ShownRun } from './run-rows.ts'

export interface BatchPanel {
  show(text: BatchText, phase: string, sync: string): void
  showFiles(text: RunsText, rows: readonly ShownRun[]): void
  on(action: 'start' | 'cancel' | 'retry' | 'showMore', listener: () => void): void
  /** Calls the listener when the list of files is unfolded or folded. */
  onToggle(listener: (isOpen: boolean) => void): void
  onCancelFile(listener: (file: ListedJob) => void): void
  onRetryFile(listener: (file: ListedJob) => void): void
}

const markup = `
  <section class="panel" data-batch="plain" aria-labelledby="plain-batch">
    <h3 id="plain-batch">Plain TypeScript</h3>
    ${jobProgressMarkup('Import 20 files, plain TypeScript')}
    <div class="actions">
      <button type="button" class="primary start">Import</button>
      <button type="button" class="cancel">Cancel</button>
      <button type="button" class="retry">Try again</button>
    </div>
    <details class="files">
      <summary id="plain-files">The files, plain TypeScript</summary>
      <ul class="runs" aria-labelledby="plain-files"></ul>
      <p class="hint"></p>
      <p class="notice"></p>
      <button type="button" class="more">Show more</button>
    </details>
  </section>`

/** Fills `element` with the panel. */
export function createBatchPanel(element: HTMLElement): BatchPanel {
  element.innerHTML = markup
  const find = findIn(element)
  const section = find('section')
  const details = find<HTMLDetailsElement>('details')
  const [hintLine, noticeLine] = [find('.files > .hint'), find('.files > .notice')]
  const buttons = {
    start: find<HTMLButtonElement>('.start'),
    cancel: find<HTMLButtonElement>('.cancel'),
    retry: find<HTMLButtonElement>('.retry'),
    showMore: find<HTMLButtonElement>('.more'),
  }
  const showProgress = createJobProgress(element)
  const rows = createRunRows(find('.runs'))
  return {
    show(text, phase, sync) {
      section.dataset.phase = phase
      section.dataset.sync = sync
      section.dataset.percent = String(text.percent ?? '')
      showProgress(text)
      details.hidden = !text.hasFiles
      buttons.start.ariaDisabled = String(!text.canStart)
      buttons.cancel.ariaDisabled = String(!text.canCancel)
      buttons.retry.ariaDisabled = String(!text.canRetry)
    },
    showFiles({ hint, notice, canShowMore }, shown) {
      hintLine.textContent = hint
      noticeLine.textContent = notice
      buttons.showMore.ariaDisabled = String(!canShowMore)
      rows.show(shown)
    },
    on: (action, listener) => onPress(buttons[action], listener),
    onToggle: (listener) => details.addEventListener('toggle', () => listener(details.open)),
    onCancelFile: rows.onCancel,
    onRetryFile: rows.onRetry,
  }
}
