import type { JobText } from '@headway/example-shared'
import { findIn } from './find-in.ts'

/** A bar and lines of text, for {@link createJobProgress}. */
export const jobProgressMarkup = (label: string): string => `
    <div class="bar" role="progressbar" aria-label="${label}" aria-valuemin="0" aria-valuemax="100"><div></div></div>
    <div class="status">
      <p class="title"><span class="word"></span><span class="number"></span></p>
      <p class="detail"></p>
      <p class="notice"></p>
    </div>`

/** A function that shows a job's progress in an element with {@link jobProgressMarkup}. */
export function createJobProgress(element: HTMLElement): (text: JobText) => void {
  const find = findIn(element)
  const [bar, fill] = [find('.bar'), find('.bar > div')]
  const [titleWords, numberWords] = [find('.word'), find('.number')]
  const [detailLine, noticeLine] = [find('.detail'), find('.notice')]
  return ({ title, detail, summary, notice, percent, number }) => {
    bar.classList.toggle('indeterminate', percent === null)
    if (percent === null) bar.removeAttribute('aria-valuenow')
    else bar.setAttribute('aria-valuenow', String(percent))
    bar.setAttribute('aria-valuetext', summary)
    fill.style.width = percent === null ? '' : `${percent}%`
    titleWords.textContent = title
    numberWords.textContent = number
    detailLine.textContent = detail
    noticeLine.textContent = notice
  }
}
