import { make, makeParts, setAttribute, setTexts } from '../element/dom.ts'
import type { StepText } from '../text/describe-steps.ts'

/** One step in the page. */
export interface StepItem {
  readonly element: HTMLElement
  update(step: StepText): void
}

/** Adds one step to a list. */
export function addItem(list: HTMLElement): StepItem {
  const parts = makeParts('marker', 'name', 'word', 'error')
  const { marker, name, word, error } = parts
  const element = make('li', {}, marker, name, word, error)
  list.append(element)
  return {
    element,
    update({ status, isCurrent, texts }) {
      setAttribute(element, 'part', `step step-${status}`)
      setAttribute(element, 'aria-current', isCurrent ? 'step' : null)
      setTexts(parts, texts)
    },
  }
}
