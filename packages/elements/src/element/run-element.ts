import { defineJob, defineWorkflow, idleJob, type Store } from '@headway/core'
import type { AnyRunView } from '@headway/core/adapter'
import { type AnnouncerState, announce, silentAnnouncer } from '../announcer/announcer.ts'
import { describeRun, type RunText } from '../text/describe-run.ts'
import { type RunMessages, runMessages } from '../text/run-messages.ts'
import { make, makeParts, setAttribute, setTexts } from './dom.ts'
import { HeadwayElement } from './headway-element.ts'
import { attachStyled } from './styles.ts'

/** A run to show: the handle of a job or a workflow, or any other store of its view. */
export type ShownRun = Store<AnyRunView>

/**
 * An element of one run: that of its property `run`, else that with the id in its attribute
 * `job-id` or `workflow-id`. It follows the run while it is in a page.
 *
 * Its attribute `data-phase` is the phase of the run, `data-sync` says how current it is.
 * With `quiet` it announces nothing, for a run that another element shows as well.
 */
export abstract class RunElement extends HeadwayElement<RunMessages> {
  readonly #parts = makeParts('label', 'status', 'number', 'detail', 'notice', 'announcer')
  #run: ShownRun | null = null
  /** The run of the ids, with what it was made from. */
  #made: { key: string; client: unknown; run: ShownRun } | null = null
  #followed: ShownRun | null = null
  #stop: (() => void) | undefined
  #announced: AnnouncerState = silentAnnouncer

  constructor(content: HTMLElement, css: string) {
    super(runMessages)
    const { label, status, number, detail, notice, announcer } = this.#parts
    announcer.role = 'status'
    const line = make('div', { part: 'line' }, label, status, number)
    attachStyled(this, css).append(line, content, detail, notice, announcer)
  }

  static get observedAttributes(): string[] {
    return ['job-id', 'workflow-id', 'label', 'lang']
  }

  /** The run to show. It goes before the ids. */
  get run(): ShownRun | null {
    return this.#run
  }
  set run(run: ShownRun | null) {
    this.#run = run
    this.refresh()
  }

  /** Shows a view in the content. `label` is empty without the attribute. @internal */
  protected abstract render(view: AnyRunView, text: RunText, label: string): void

  /** @internal */
  protected override update(): void {
    const next = this.#run ?? this.#attached()
    if (next !== this.#followed) this.#follow(next)
    this.#show()
  }

  /** @internal */
  protected override release(): void {
    this.#follow(null)
  }

  #follow(next: ShownRun | null): void {
    this.#stop?.()
    this.#followed = next
    // What was announced of another run says nothing of this one.
    this.#announced = silentAnnouncer
    // Subscribing can change the view without a call: it is shown after it.
    this.#stop = next?.subscribe(() => this.#show())
  }

  #show(): void {
    const view = this.#followed?.getSnapshot() ?? idleJob
    const text = describeRun(view, this.language)
    const label = this.getAttribute('label') ?? ''
    setAttribute(this, 'data-phase', view.phase)
    setAttribute(this, 'data-sync', view.sync.status)
    const { status, number, detail, notice } = text
    setTexts(this.#parts, { label, status, number, detail, notice })
    this.render(view, text, label)
    if (view === this.#announced.before) return
    this.#announced = announce(this.#announced, view)
    const { what } = this.#announced
    if (!what || this.hasAttribute('quiet')) return
    const words = what === 'stale' ? notice : text.summary
    setTexts(this.#parts, { announcer: this.language.formats.list([label, words]) })
  }

  #attached(): ShownRun | null {
    const { client } = this
    const jobId = this.getAttribute('job-id')
    const id = jobId || this.getAttribute('workflow-id')
    if (!client || !id) return null
    const key = `${!jobId}${id}`
    if (this.#made?.key !== key || this.#made.client !== client) {
      const run = jobId
        ? client.attach(defineJob<never, unknown>('job'), id)
        : client.attach(defineWorkflow<never, unknown>('workflow'), id)
      this.#made = { key, client, run }
    }
    return this.#made.run
  }
}
