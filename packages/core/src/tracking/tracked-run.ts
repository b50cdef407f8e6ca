import { ClientClosed, JobRefused, JobUnwatched, StartFailed } from '../errors.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import { filesIn } from '../rpc/files.ts'
import { followJob, idleJob, type JobView } from '../state/job-state.ts'
import { type Fold, toFold } from '../state/run-state.ts'
import { followWorkflow, idleWorkflow, type WorkflowView } from '../state/workflow-state.ts'
import { tell } from '../store/store.ts'
import { textOf } from '../text-of.ts'
import { type AskVerb, askServer } from './ask-server.ts'
import { type Awaited, awaitEnd } from './await-end.ts'
import type { Coded } from './codec.ts'
import { Follower } from './follower.ts'
import type { RunHandle, RunOptions } from './handle.ts'
import { kinds, runItem } from './kinds.ts'
import { interruptionOf, isRefused, type Outcome, outcomeOf } from './outcome.ts'
import { createPersisted, type Persisted } from './persist.ts'
import type { Registry } from './registry.ts'
import { createKey } from './sending.ts'
import { isUndecided, type Start, toHeadwayError } from './start.ts'
import { failedStart, starting } from './starting.ts'

/** What handles are made of. */
export interface Tracking {
  api: Api
  registry: Registry
}

/** The views of both kinds of runs. */
export type AnyRunView = JobView<unknown> | WorkflowView<unknown>

/** How a run is tracked. */
export interface RunPlan {
  kind: 'job' | 'workflow'
  what: Coded
  /** Of a run that is there already. */
  id?: string | undefined
  /** Of a run that is to be started. */
  start?: Start
  options: RunOptions<AnyRunView, unknown>
}

/** The handle of a run that is there, or, with `start`, of one that is started now. */
export class TrackedRun extends Follower<AnyRunView> implements RunHandle<AnyRunView, unknown> {
  private readonly api: Api
  private readonly plan: RunPlan
  private created: Promise<string> | null = null
  private awaited: Awaited | null = null
  private persisted: Persisted | null = null
  private isOver = false

  constructor({ api, registry }: Tracking, plan: RunPlan) {
    super(registry, plan.what, firstView(plan))
    this.api = api
    this.plan = plan
    if (plan.start) {
      if (plan.options.lazy) return
      this.hold()
      void this.begin(plan.start)
    } else {
      const id = plan.id || this.openPersisted()?.load()
      if (id) this.follow(runItem(plan.kind, id))
    }
  }

  get result(): Promise<unknown> {
    if (this.awaited) return this.awaited.end
    const { subscribe } = this
    const awaited = awaitEnd({ subscribe, look: () => this.endNow(), pending: this.api.pending })
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

  protected toFold({ id }: BatchItem): Fold<AnyRunView> {
    const { view } = this
    const shownId = 'jobId' in view ? view.jobId : view.workflowId
    // Watched again: what was shown last is where it goes on, or the screen would go backwards.
    if (shownId === id) return { ...toFold(view), newest: view.revision }
    return follow(this.plan.kind, id, this.created === null)
  }

  protected get first(): AnyRunView {
    return firstView(this.plan)
  }

  protected onWanted(): void {
    const { kind, start, options } = this.plan
    if (!start || !options.lazy || this.created) return
    const id = this.openPersisted()?.load()
    if (!id) return void this.begin(start)
    this.created = Promise.resolve(id)
    this.follow(runItem(kind, id))
  }

  protected override onChange(): void {
    const { view } = this
    const wasOver = this.isOver
    this.isOver = view.isDone && !view.startError
    // What the server will not tell is not to be asked for after the next reload either.
    if (isRefused(view.sync) && this.persisted?.isCurrent()) this.persisted.forget(this.id)
    if (!this.isOver || wasOver) return
    this.persisted?.forget(this.id)
    const outcome = outcomeOf(this.id, view, this.decode)
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
    return this.item?.id ?? ''
  }

  /** How it has ended, or why no end will be heard of; `null` while it goes on. */
  private endNow(): Outcome<unknown> | null {
    const { id, view } = this
    const outcome = outcomeOf(id, view, this.decode)
    // Of a start that is under way its request hears of a close.
    if (outcome || view.phase === 'starting') return outcome
    const error = interruptionOf(id, view.sync, this.registry.connectionState())
    return error && { error }
  }

  /** Where the id is kept; of the user who is signed in when it is opened first. */
  private openPersisted(): Persisted | null {
    const { persist } = this.plan.options
    if (persist !== undefined) this.persisted ??= createPersisted(this.api.options, persist)
    return this.persisted
  }

  private async begin(start: Start): Promise<void> {
    const { kind, options } = this.plan
    const persisted = this.openPersisted()
    const toKey = (args: unknown): string => {
      // Files look the same as text: such a start is not found again.
      const kept = filesIn({ args }).length === 0 ? persisted : null
      // What starts by itself after a reload is the same intent as what was under way before it.
      const key = (options.lazy && kept?.loadIntent(args)) || createKey()
      kept?.saveIntent(args, key)
      return key
    }
    this.show(starting[kind])
    this.created = start(toKey)
    const id = await this.created.catch((error: unknown) => {
      if (!isUndecided(error)) persisted?.forget('')
      this.show(failedStart(kind, toHeadwayError(error)))
      return null
    })
    if (id === null) return
    persisted?.save(id)
    this.follow(runItem(kind, id))
  }

  /** Asks the server to do something with the run; what it is then, it answers. */
  private async ask(verb: AskVerb, body: object): Promise<void> {
    const { kind, start, options } = this.plan
    const id = this.id || (await this.created?.catch(toStartFailed))
    if (!id) return
    const snapshot = await askServer(this.api, { kind, id, verb, body }).catch((error: unknown) => {
      // It may have been done all the same, as by a retry of what had ended: then nobody else would tell.
      if (this.cell && isUndecided(error)) this.registry.refetch(this.cell)
      throw error
    })
    if (!snapshot) return
    // What was started here is followed to its next end, too.
    if (verb === 'retry' && start && !options.lazy) this.hold()
    const updated = { type: 'updated', snapshot } as const
    this.registry.dispatch(kind, id, updated)
    const item = runItem(kind, id)
    if (!this.registry.find(item)) {
      // Nobody follows it: what it is now is what this handle shows, and where it goes on.
      this.show(kinds[kind].reduce(this.toFold(item), updated).view as AnyRunView)
    }
    if (this.cell && !this.cell.isDone) this.registry.refetch(this.cell)
  }
}

/** Nothing can be asked of what was not started. */
function toStartFailed(cause: unknown): never {
  throw new StartFailed(textOf(cause), { cause })
}

/** What is shown before anything was asked of a server, and while a page hydrates. */
function firstView({ kind, start, id = '' }: RunPlan): AnyRunView {
  return start ? starting[kind] : follow(kind, id, true).view
}

/** A run of which the id is known, or nothing. `loading`: the server has not said that it is there. */
function follow(kind: 'job' | 'workflow', id: string, loading: boolean): Fold<AnyRunView> {
  if (id === '') return toFold(kind === 'job' ? idleJob : idleWorkflow)
  return kind === 'job' ? followJob(id, loading) : followWorkflow(id, loading)
}
