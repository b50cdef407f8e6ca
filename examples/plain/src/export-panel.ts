import type { JobView } from '@headway/core'
import { describeJob } from '@headway/example-shared'
import { findIn } from './find-in.ts'
import { onPress } from './on-press.ts'

/** What the panel shows, and what its buttons do. */
export interface Panel {
  show(job: JobView<{ downloadUrl: string; rows: number }>): void
  onExport(listener: () => void): void
  onCancel(listener: () => void): void
}

const markup = `
  <section class="panel" data-panel="plain" aria-labelledby="plain-heading">
    <header>
      <h3 id="plain-heading">Plain TypeScript</h3>
      <code>client.start(exportUsers, { format })</code>
    </header>
    <div class="bar" role="progressbar" aria-label="Export users, plain TypeScript" aria-valuemin="0" aria-valuemax="100"><div></div></div>
    <div class="status">
      <p class="title"><span class="word"></span><span class="number"></span></p>
      <p class="detail"></p>
      <p class="notice"></p>
    </div>
    <div class="actions">
      <button type="button" class="primary">Export</button>
      <button type="button" class="cancel">Cancel</button>
      <a download hidden>Download</a>
    </div>
  </section>`

/** The panel's elements, in `element`. */
export function createPanel(element: HTMLElement): Panel {
  element.innerHTML = markup
  const find = findIn(element)
  const section = find('section')
  const bar = find('.bar')
  const fill = find('.bar > div')
  const [word, number] = [find('.word'), find('.number')]
  const [detailLine, noticeLine] = [find('.detail'), find('.notice')]
  const start = find<HTMLButtonElement>('button.primary')
  const cancel = find<HTMLButtonElement>('button.cancel')
  const link = find<HTMLAnchorElement>('a')
  return {
    show(job) {
      const { title, detail, summary, notice, percent, canStart, canCancel } = describeJob(job)
      section.dataset.phase = job.phase
      section.dataset.sync = job.sync.status
      section.dataset.percent = String(percent ?? '')
      bar.classList.toggle('indeterminate', percent === null)
      if (percent === null) bar.removeAttribute('aria-valuenow')
      else bar.setAttribute('aria-valuenow', String(percent))
      bar.setAttribute('aria-valuetext', summary)
      fill.style.width = percent === null ? '' : `${percent}%`
      word.textContent = title
      number.textContent = percent === null ? '' : `${percent} %`
      detailLine.textContent = detail
      noticeLine.textContent = notice
      start.ariaDisabled = String(!canStart)
      cancel.ariaDisabled = String(!canCancel)
      link.hidden = !job.output
      link.href = job.output?.downloadUrl ?? ''
    },
    onExport: (listener) => onPress(start, listener),
    onCancel: (listener) => onPress(cancel, listener),
  }
}
