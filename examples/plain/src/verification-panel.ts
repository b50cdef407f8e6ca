import type { WorkflowView } from '@headway/core'
import { describeWorkflow, type StepText } from '@headway/example-shared'
import { findIn } from './find-in.ts'
import { onPress } from './on-press.ts'

export type VerificationAction = 'start' | 'confirm' | 'cancel' | 'retry'

export interface VerificationPanel {
  /** @param now epoch milliseconds */
  show(workflow: WorkflowView<unknown>, now: number): void
  on(action: VerificationAction, listener: () => void): void
}

const markup = `
  <section class="panel" data-verification="plain" aria-labelledby="plain-verification">
    <h3 id="plain-verification">Plain TypeScript</h3>
    <ol class="steps"></ol>
    <div class="status">
      <p class="title"></p>
      <p class="detail"></p>
      <p class="notice"></p>
    </div>
    <div class="actions">
      <button type="button" class="primary" data-action="start">Verify</button>
      <button type="button" data-action="confirm">Click the link</button>
      <button type="button" data-action="cancel">Cancel</button>
      <button type="button" data-action="retry">Try again</button>
    </div>
  </section>`

/** Fills `element` with the panel. */
export function createVerificationPanel(element: HTMLElement): VerificationPanel {
  element.innerHTML = markup
  const find = findIn(element)
  const section = find('section')
  const list = find('.steps')
  const [titleLine, detailLine, noticeLine] = [find('.title'), find('.detail'), find('.notice')]
  const button = (action: VerificationAction) => find<HTMLButtonElement>(`[data-action=${action}]`)
  return {
    show(workflow, now) {
      const text = describeWorkflow(workflow, now)
      section.dataset.phase = workflow.phase
      section.dataset.sync = workflow.sync.status
      list.replaceChildren(...text.steps.map(toItem))
      titleLine.textContent = text.title
      detailLine.textContent = text.detail
      noticeLine.textContent = text.notice
      button('start').ariaDisabled = String(!text.canStart)
      button('confirm').ariaDisabled = String(!text.canConfirm)
      button('cancel').ariaDisabled = String(!text.canCancel)
      button('retry').ariaDisabled = String(!text.canRetry)
    },
    on: (action, listener) => onPress(button(action), listener),
  }
}

function toItem({ name, label, status, word, error, isCurrent }: StepText): HTMLLIElement {
  const item = document.createElement('li')
  item.dataset.step = name
  item.dataset.status = status
  if (isCurrent) item.ariaCurrent = 'step'
  item.append(toSpan(label), ' ', toSpan(word, 'word'))
  if (error) item.append(toSpan(error, 'error'))
  return item
}

function toSpan(text: string, className = ''): HTMLSpanElement {
  const span = document.createElement('span')
  span.className = className
  span.textContent = text
  return span
}
