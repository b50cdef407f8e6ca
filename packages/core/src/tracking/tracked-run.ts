import { ClientClosed, JobRefused, JobUnwatched, StartFailed } from '../errors.ts'
import type { Target } from '../kinds/kind.ts'
import type { AnyRunView, RunKind } from '../kinds/run-kind.ts'
import { filesOf } from '../rpc/sendable.ts'
import type { Transport } from '../rpc/transport.ts'
import { type Fold, toFold } from '../state/run-state.ts'
import { tell } from '../store/store.ts'
import { textOf } from '../text-of.ts'
import { type AskVerb, askServer } from './ask-server.ts'
import { type Awaited, awaitEnd } from './await-end.ts'
import type { Named } from './coding.ts'
import { Follower } from './follower.ts'
import type { RunHandle, RunOptions } from './handle.ts'
import { interruptionOf, isRefused, type Outcome, outcomeOf } from './outcome.ts'
import { createPersisted, type Persisted } from './persist.ts'
import { createKey } from './sending.ts'
import { isUndecided, type Start, toHeadwayError } from './start.ts'
import type { Tracking } from './tracking.ts'

/** The definition of a job or a workflow, as its handles use it. */
export interface RunDefinition extends Named {
  readonly run: RunKind
}

/** One run to track. */
export interface RunPlan {
  definition: RunDefinition
  /** The id of a run that exists. */
  id?: string | undefined
  /** Starts the run that is to exist. */
  start?: Start
  options: RunOptions<AnyRunView, unknown>
}

/** The handle of a run that exists, or, with `start`, of one that is started now. */
export class TrackedRun extends Follower<AnyRunView> implements RunHandle<AnyRunView, unknown> {
  private readonly transport: Transport
  private readonly plan: RunPlan
  private created: Promise<string> | null = null
  private awaited: Awaited | null = null
  private persisted: Persisted | null = null
  private isOver = false

  constructor({ transport, registry }: Tracking, plan: RunPlan) {
    super(registry, plan.definition, firstView(plan))
    this.transport = transport
    this.plan = plan
    if (plan.start) {
      if (plan.options.lazy) return
      this.hold()
      void this.begin(plan.start)
    } else {
      const id = plan.id || this.openPersisted()?.load()
      if (id) this.follow(this.kind.toTarget(id))
    }
  }

  get result(): Promise<unknown> {
    if (this.awaited) return this.awaited.end
    const { subscribe } = this
    const awaited = awaitEnd({
      subscribe,
      look: () => this.endNow(),
      pending: this.transport.pending,
    })
    this.awaited = awaited
    awaited.end.catch((error: unknown) => {
      const isOurs = [JobRefused, ClientClosed, JobUnwatched].some((type) => error instanceof type)
      // Not the run has ended, but what this client hears of it: asked for again, it is awaited anew.
      if (isOurs && this.awaited === awaited) this.awaited = null
    })
    return awaited.end
  }

  // Getters, so that a method still knows its handle after `const { cancel } = job`.
  get cancel(): (reason?: string) => Promise<void> {
    return (reason) => this.ask('cancel', reason === undefined ? {} : { reason })
  }

  get retry(): () => Promise<void> {
    return async () => {
      await this.ask('retry', {})
      this.awaited = null
    }
  }

  get retryStart(): () => Promise<void> {
    return async () => {
      const { start } = this.plan
      if (!start || (this.created && !this.view.startError)) return
      if (this.created) this.awaited = null
      await this.begin(start)
    }
  }

  get unsubscribe(): () => void {
    return () => {
      const reason = 'unsubscribe() was called before the job ended; the job goes on'
      this.awaited?.abandon(new JobUnwatched(reason))
      this.stop()
    }
  }

  protected toFold({ item: { id } }: Target): Fold<AnyRunView> {
    const { view, kind } = this
    // Watched again: it goes on from the view that was shown last, or the screen would go
    // backwards.
    if (kind.idOf(view) === id) return { ...toFold(view), newest: view.revision }
    return kind.toFold(id, this.created === null)
  }

  protected get first(): AnyRunView {
    return firstView(this.plan)
  }

  protected onWanted(): void {
    const { start, options } = this.plan
    if (!start || !options.lazy || this.created) return
    const id = this.openPersisted()?.load()
    if (!id) return void this.begin(start)
    this.created = Promise.resolve(id)
    this.follow(this.kind.toTarget(id))
  }

  protected override onChange(): void {
    const { view } = this
    const wasOver = this.isOver
    this.isOver = view.isDone && !view.startError
    // What the server will not tell is not to be asked for after the next reload either.
    if (isRefused(view.sync) && this.persisted?.isCurrent()) this.persisted.forget(this.id)
    if (!this.isOver || wasOver) return
    this.persisted?.forget(this.id)
    const outcome = outcomeOf(this.id, view, this.reader)
    // What has ended stays as it is: from now on only a screen keeps it.
    this.letGo()
    if (!outcome) return
    const { onDone, onFail } = this.plan.options
    tell(() => {
      const shown = this.getSnapshot()
      if ('error' in outcome) onFail?.(outcome.error, shown)
      else onDone?.(outcome.output, shown)
    })
  }

  /** Empty until the run is there. */
  private get id(): string {
    return this.target?.item.id ?? ''
  }

  private get kind(): RunKind {
    return this.plan.definition.run
  }

  /** How it has ended, or why no end will be heard of; `null` while it goes on. */
  private endNow(): Outcome<unknown> | null {
    const { id, view } = this
    const outcome = outcomeOf(id, view, this.reader)
    // Of a start that is under way its request hears of a close.
    if (outcome || view.phase === 'starting') return outcome
    const error = interruptionOf(id, view.sync, this.registry.connectionState())
    return error && { error }
  }

  /** Where the id is kept; of the user who is signed in when it is opened first. */
  private openPersisted(): Persisted | null {
    const { persist } = this.plan.options
    if (persist !== undefined) this.persisted ??= createPersisted(this.transport.options, persist)
    return this.persisted
  }

  private async begin(start: Start): Promise<void> {
    const { options } = this.plan
    const persisted = this.openPersisted()
    const toKey = (args: unknown): string => {
      // Files look the same as text: a start with files is not found again.
      const kept = filesOf(args).length > 0 ? null : persisted
      // A start that begins by itself after a reload is the one that was under way before it.
      const key = (options.lazy && kept?.loadIntent(args)) || createKey()
      kept?.saveIntent(args, key)
      return key
    }
    this.show(this.kind.starting)
    this.created = start(toKey)
    const id = await this.created.catch((error: unknown) => {
      if (!isUndecided(error)) persisted?.forget('')
      this.show(this.kind.toFailed(toHeadwayError(error)))
      return null
    })
    if (id === null) return
    persisted?.save(id)
    this.follow(this.kind.toTarget(id))
  }

  /** Asks the server to do something with the run; what it is then, it answers. */
  private async ask(verb: AskVerb, body: object): Promise<void> {
    const { kind } = this
    const { start, options } = this.plan
    const id = this.id || (await this.created?.catch(toStartFailed))
    if (!id) return
    const snapshot = await askServer(this.transport, { kind, id, verb, body }).catch(
      (error: unknown) => {
        // It may have been done all the same, as by a retry of what had ended: then nobody else
        // would tell.
        if (this.cell && isUndecided(error)) this.registry.refetch(this.cell)
        throw error
      },
    )
    if (!snapshot) return
    // What was started here is followed to its next end, too.
    if (verb === 'retry' && start && !options.lazy) this.hold()
    const updated = { type: 'updated', snapshot } as const
    this.registry.dispatch(kind.name, id, updated)
    const target = kind.toTarget(id)
    if (!this.registry.find(target)) {
      // Nobody follows it: what it is now is what this handle shows, and where it goes on.
      this.show(kind.reduce(this.toFold(target), updated).view as AnyRunView)
    }
    if (this.cell && !this.cell.isDone) this.registry.refetch(this.cell)
  }
}

/** Nothing can be asked of what was not started. */
function toStartFailed(cause: unknown): never {
  throw new StartFailed(textOf(cause), { cause })
}

/** The view before anything was asked of a server, and while a page hydrates. */
function firstView({ definition: { run }, start, id = '' }: RunPlan): AnyRunView {
  return start ? run.starting : run.toFold(id, true).view
}
