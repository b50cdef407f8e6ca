import type { AnyRunView } from '@headway/core/adapter'
import { type Bar, createBar } from '../element/bar.ts'
import { define } from '../element/headway-element.ts'
import { RunElement } from '../element/run-element.ts'
import { barCss, sharedCss } from '../element/styles.ts'
import type { RunText } from '../text/describe-run.ts'

/**
 * `<headway-progress>`: one job or workflow as a bar, with its status, and how current that is.
 *
 * Parts: `line` with `label`, `status` and `number`; `bar` with `fill`; `detail`; `notice`.
 *
 * @example
 * ```ts
 * HeadwayProgress.define()
 * const progress = document.createElement('headway-progress')
 * progress.run = client.start(exportUsers, { format: 'csv' })
 * ```
 */
export class HeadwayProgress extends RunElement {
  readonly #bar: Bar

  constructor() {
    const bar = createBar()
    super(bar.element, sharedCss + barCss)
    this.#bar = bar
  }

  /** Registers the element, under another name if you like. */
  static define(name = 'headway-progress'): void {
    define(name, HeadwayProgress)
  }

  /** @internal */
  protected override render(view: AnyRunView, text: RunText, label: string): void {
    const { language } = this
    this.#bar.update(view, text, label || language.messages.progress, language)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headway-progress': HeadwayProgress
  }
}
