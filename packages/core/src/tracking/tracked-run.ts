import { JobUnwatched } from '../errors.ts'
import type { Target } from '../kinds/kind.ts'
import type { AnyRunView, RunKind } from '../kinds/run-kind.ts'
import { isRefused } from '../registry/sync-changes.ts'
import { type Fold, toFold } from '../state/run-state.ts'
import { callListener } from '../store/store.ts'
import { askServer, type RunRequest } from './ask-server.ts'
import { type AwaitedEnd, awaitEnd } from './await-end.ts'
import { createReader, type Reader } from './coding.ts'
import { Follower, type FollowerHooks } from './follower.ts'
import { FollowerHandle } from './follower-handle.ts'
import type { RunHandle } from './handle.ts'
import { interruptionOf, isInterruption, type Outcome, outcomeOf } from './outcome.ts'
import { createPersisted, type Persisted, toStartKey } from './persist.ts'
import type { RunPlan } from './run-plan.ts'
import { isUndecided, type Start, toHeadwayError, toStartFailed } from './start.ts'
import type { Tracking } from './tracking.ts'

/** The handle of a run: of one that exists, or with `start` of one that it starts. */
export class TrackedRun
  extends FollowerHandle<AnyRunView>
  implements RunHandle<AnyRunView, unknown>, FollowerHooks<AnyRunView>
{
  protected readonly follower: Follower<AnyRunView>
  private readonly tracking: Tracking
  private readonly plan: RunPlan
  private readonly reader: Reader
  /** The answer to the start that this handle sent; `null` if it sent none. */
  private started: Promise<string> | null = null
  private awaited: AwaitedEnd | null = null
  private persisted: Persisted | null = null
  private isOver = false

  constructor(tracking: Tracking, plan: RunPlan) {
    super()
    this.tracking = tracking
    this.plan = plan
    this.reader = createReader(plan.definition)
    this.follower = new Follower(tracking.registry, this.reader, this)
    if (plan.start) {
      if (plan.options.lazy) return
      this.follower.pin()
      void this.begin(plan.start)
    } else {
      const id = plan.id || this.openPersisted()?.load()
      if (id) this.follower.setTarget(this.kind.toTarget(id))
    }
  }

  get result(): Promise<unknown> {
    if (this.awaited) return this.awaited.end
    const awaited = awaitEnd({
      subscribe: this.subscribe,
      outcome: () => this.outcomeNow(),
      pending: this.tracking.transport.pending,
    })
    this.awaited = awaited
    awaited.end.catch((error: unknown) => {
      // The run goes on: the next `result` waits for its end again.
      if (isInterruption(error) && this.awaited === awaited) this.awaited = null
    })
    return awaited.end
  }

  // Getters return functions, so that they work after `const { cancel } = job`.
  get cancel(): (reason?: string) => Promise<void> {
    return (reason) => this.ask('cancel', reason === undefined ? {} : { reason })
  }

  get retry(): () => Promise<void> {
    return async () => {
      const { awaited } = this
      await this.ask('retry', {})
      // A listener may have read the `result` of the new attempt meanwhile.
      if (this.awaited === awaited) this.awaited = null
    }
  }

  get retryStart(): () => Promise<void> {
    return async () => {
      const { start } = this.plan
      if (!start || (this.isStarted && !this.follower.view.startError)) return
      if (this.started) this.awaited = null
      await this.begin(start)
    }
  }

  get unsubscribe(): () => void {
    return () => {
      const reason = 'unsubscribe() was called before the job ended; the job goes on'
      this.awaited?.abandon(new JobUnwatched(reason))
      this.follower.stop()
    }
  }

  /** The view before the server was asked anything, and while a page hydrates. */
  get first(): AnyRunView {
    const { start, id = '' } = this.plan
    return start ? this.kind.starting : this.kind.toFold(id, true).view
  }

  toFold({ item: { id } }: Target): Fold<AnyRunView> {
    const { view } = this.follower
    // Followed again: it continues from the last view, or the screen would go backwards.
    if (this.kind.idOf(view) === id) return { ...toFold(view), newest: view.revision }
    return this.kind.toFold(id, this.started === null)
  }

  onWanted(): void {
    const { start, options } = this.plan
    if (!start || !options.lazy || this.isStarted) return
    const id = this.openPersisted()?.load()
    if (!id) return void this.begin(start)
    this.follower.setTarget(this.kind.toTarget(id))
  }

  onChange(): void {
    const { view } = this.follower
    const wasOver = this.isOver
    this.isOver = view.isDone && !view.startError
    // Run again: the next `result` waits for its next end.
    if (wasOver && !this.isOver) this.awaited = null
    // The server would refuse it after the next reload too.
    if (isRefused(view.sync) && this.persisted?.isCurrent()) this.persisted.forget(this.id)
    if (this.isOver && !wasOver) this.onEnd(view)
  }

  private onEnd(view: AnyRunView): void {
    this.persisted?.forget(this.id)
    const outcome = outcomeOf(this.id, view, this.reader)
    // From now on the run is followed only while a screen shows it.
    this.follower.unpin()
    if (!outcome) return
    const { onDone, onFail } = this.plan.options
    callListener(() => {
      const shown = this.getSnapshot()
      if ('error' in outcome) onFail?.(outcome.error, shown)
      else onDone?.(outcome.output, shown)
    })
  }

  /** True once the start is sent, or a stored run is followed in its place. */
  private get isStarted(): boolean {
    return this.started !== null || this.follower.target !== null
  }

  /** Empty until the run exists. */
  private get id(): string {
    return this.follower.target?.item.id ?? ''
  }

  private get kind(): RunKind {
    return this.plan.definition.run
  }

  /** The outcome, or why this client will not hear it; `null` while the run goes on. */
  private outcomeNow(): Outcome<unknown> | null {
    const { id, tracking } = this
    const { view } = this.follower
    const outcome = outcomeOf(id, view, this.reader)
    // A start that is under way fails by its own request when the client closes.
    if (outcome || view.phase === 'starting') return outcome
    const error = interruptionOf(id, view.sync, tracking.registry.connectionState())
    return error && { error }
  }

  /** The storage under the `persist` key, for the user who is signed in when it is first opened. */
  private openPersisted(): Persisted | null {
    const { persist } = this.plan.options
    const { options } = this.tracking.transport
    if (persist !== undefined) this.persisted ??= createPersisted(options, persist)
    return this.persisted
  }

  private async begin(start: Start): Promise<void> {
    const { kind, follower } = this
    const persisted = this.openPersisted()
    const isResumable = this.plan.options.lazy === true
    follower.setView(kind.starting)
    this.started = start((args) => toStartKey(persisted, args, isResumable))
    const id = await this.started.catch((error: unknown) => {
      if (!isUndecided(error)) persisted?.forget('')
      follower.setView(kind.toFailed(toHeadwayError(error)))
      return null
    })
    if (id === null) return
    persisted?.save(id)
    follower.setTarget(kind.toTarget(id))
  }

  /** Asks the server to cancel or retry the run, and takes in the state that it answers. */
  private async ask(verb: RunRequest, body: object): Promise<void> {
    const { kind, follower } = this
    const { registry, transport } = this.tracking
    const id = this.id || (await this.started?.catch(toStartFailed))
    if (!id) return
    const request = { kind, id, verb, body }
    const snapshot = await askServer(transport, request).catch((error: unknown) => {
      // The server may have done it, and pushes nothing about a run that had ended.
      if (follower.cell && isUndecided(error)) registry.refetch(follower.cell)
      throw error
    })
    if (!snapshot) return
    // A run that this handle started is followed to its next end.
    if (verb === 'retry' && this.plan.start && !this.plan.options.lazy) follower.pin()
    const updated = { type: 'updated', snapshot } as const
    registry.dispatch(kind.name, id, updated)
    const target = kind.toTarget(id)
    if (!registry.find(target)) {
      // The page has no cell of it: the handle keeps the view itself.
      const { offsetMs } = transport.options.clock
      const fold = kind.reduce(this.toFold(target), updated, offsetMs)
      follower.setView(fold.view as AnyRunView)
    }
    if (follower.cell && !follower.cell.isDone) registry.refetch(follower.cell)
  }
}
