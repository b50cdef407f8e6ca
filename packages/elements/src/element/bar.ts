import type { AnyRunView } from '@headway/core/adapter'
import type { RunText } from '../text/describe-run.ts'
import type { Language } from '../text/language.ts'
import { make, setAttribute } from './dom.ts'

/** A progress bar of one run. */
export interface Bar {
  readonly element: HTMLElement
  update(view: AnyRunView, text: RunText, name: string, language: Language): void
}

/** Makes a progress bar, with a text for those who cannot see it. */
export function createBar(): Bar {
  const fill = make('div', { part: 'fill' })
  const element = make('div', { part: 'bar', role: 'progressbar' }, fill)
  return {
    element,
    update({ phase }, { percent, summary, notice }, name, { formats }) {
      // A run that may be out of date never looks failed by that.
      setAttribute(element, 'data-look', notice ? 'doubt' : phase)
      setAttribute(element, 'aria-label', name)
      setAttribute(element, 'aria-valuenow', percent === null ? null : `${percent}`)
      setAttribute(element, 'aria-valuetext', formats.list([summary, notice]))
      // Not an attribute, which a policy may forbid.
      fill.style.inlineSize = percent === null ? '' : `${percent}%`
    },
  }
}
