import type { AnyRunView } from '@headway/core/adapter'
import { make, setAttribute } from '../element/dom.ts'
import { define } from '../element/headway-element.ts'
import { RunElement } from '../element/run-element.ts'
import { sharedCss } from '../element/styles.ts'
import type { RunText } from '../text/describe-run.ts'
import { describeSteps } from '../text/describe-steps.ts'
import { addItem, type StepItem } from './step-item.ts'
import { stepsCss } from './steps-css.ts'

/**
 * `<headway-steps>`: the steps of one workflow, each with its status, and how current that is.
 *
 * Parts: `line` with `label`, `status` and `number`; `list` of `step`, which is also
 * `step-running`, `step-completed` and so on, with `marker`, `name`, `word` and `error`; `detail`;
 * `notice`.
 */
export class HeadwaySteps extends RunElement {
  readonly #list: HTMLElement
  readonly #items: StepItem[] = []
  #labels: Readonly<Record<string, string>> = {}

  constructor() {
    // Without markers of the browser, a list has no role.
    const list = make('ol', { part: 'list', role: 'list' })
    super(list, sharedCss + stepsCss)
    this.#list = list
  }

  /** Registers the element, under another name if you like. */
  static define(name = 'headway-steps'): void {
    define(name, HeadwaySteps)
  }

  /** The names of steps for people, by their names at the server. */
  get labels(): Readonly<Record<string, string>> {
    return this.#labels
  }
  set labels(labels: Readonly<Record<string, string>> | null | undefined) {
    this.#labels = labels ?? {}
    this.refresh()
  }

  /** @internal */
  protected override render(view: AnyRunView, _: RunText, label: string): void {
    const { language } = this
    const steps = describeSteps(view, this.#labels, language)
    setAttribute(this.#list, 'aria-label', label || language.messages.steps)
    for (const item of this.#items.splice(steps.length)) item.element.remove()
    for (const [index, step] of steps.entries()) {
      this.#items[index] ??= addItem(this.#list)
      this.#items[index].update(step)
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headway-steps': HeadwaySteps
  }
}
