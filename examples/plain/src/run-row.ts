import type { RunText } from '@headway/example-shared'
import { findIn } from './find-in.ts'
import { createJobProgress, jobProgressMarkup } from './job-progress.ts'
import { onPress } from './on-press.ts'

/** One run of a list: its progress, its times and its actions. */
export interface RunRow {
  element: HTMLLIElement
  show(text: RunText, phase: string): void
  /** Replaces the listener of its button. */
  onPress(listener: () => void): void
}

const markup = `${jobProgressMarkup('')}
  <div class="row-actions">
    <span class="times"></span>
    <a download>Download</a>
    <button type="button"></button>
  </div>`

export function createRunRow(id: string): RunRow {
  const element = document.createElement('li')
  element.dataset.id = id
  element.innerHTML = markup
  const find = findIn(element)
  const [bar, times, actions] = [find('.bar'), find('.times'), find('.row-actions')]
  const [link, button] = [find<HTMLAnchorElement>('a'), find<HTMLButtonElement>('button')]
  const showProgress = createJobProgress(element)
  let listener = (): void => undefined
  onPress(button, () => listener())
  return {
    element,
    show(text, phase) {
      const { name, url, button: label, canCancel, canRetry } = text
      element.dataset.phase = phase
      bar.ariaLabel = `${name}, plain TypeScript`
      showProgress(text)
      times.textContent = text.times
      link.href = url ?? ''
      link.ariaLabel = `Download ${name}`
      button.textContent = label
      button.ariaLabel = `${label}: ${name}`
      button.ariaDisabled = String(!(canCancel || canRetry))
      placeIn(actions, link, url !== undefined)
      placeIn(actions, button, label !== '')
    },
    onPress(next) {
      listener = next
    },
  }
}

/** Adds or removes an element: a hidden one would keep the focus. */
function placeIn(parent: HTMLElement, element: HTMLElement, isThere: boolean): void {
  if (!isThere) element.remove()
  else if (element.parentElement !== parent) parent.append(element)
}
