import type { JobView } from '@headway/core'
import { describeJob, safeUrl } from '@headway/example-shared'
import { findIn } from './find-in.ts'
import { createJobProgress, jobProgressMarkup } from './job-progress.ts'
import { onPress } from './on-press.ts'

export interface ExportPanel {
  /** @param now epoch milliseconds */
  show(job: JobView<{ downloadUrl: string; rows: number }>, now: number): void
  onExport(listener: () => void): void
  onCancel(listener: () => void): void
}

const markup = `
  <section class="panel" data-panel="plain" aria-labelledby="plain-heading">
    <h3 id="plain-heading">Plain TypeScript</h3>
    ${jobProgressMarkup('Export users, plain TypeScript')}
    <div class="actions">
      <button type="button" class="primary">Export</button>
      <button type="button" class="cancel">Cancel</button>
      <a download hidden>Download</a>
    </div>
  </section>`

/** Fills `element` with the panel. */
export function createExportPanel(element: HTMLElement): ExportPanel {
  element.innerHTML = markup
  const find = findIn(element)
  const section = find('section')
  const showProgress = createJobProgress(element)
  const start = find<HTMLButtonElement>('button.primary')
  const cancel = find<HTMLButtonElement>('button.cancel')
  const link = find<HTMLAnchorElement>('a')
  return {
    show(job, now) {
      const text = describeJob(job, now)
      section.dataset.phase = job.phase
      section.dataset.sync = job.sync.status
      section.dataset.percent = String(text.percent ?? '')
      showProgress(text)
      start.ariaDisabled = String(!text.canStart)
      cancel.ariaDisabled = String(!text.canCancel)
      const url = safeUrl(job.output?.downloadUrl)
      link.hidden = !url
      link.href = url ?? ''
    },
    onExport: (listener) => onPress(start, listener),
    onCancel: (listener) => onPress(cancel, listener),
  }
}
