import type { Observable } from 'rxjs'
import { type HeadwayError, JobUnwatched } from '../errors.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import { request } from '../rpc/request.ts'
import { followJob, type JobView, reduceJob } from '../state/job-state.ts'
import { type Fold, type RunEvent, toFold } from '../state/run-state.ts'
import { followWorkflow, reduceWorkflow, type WorkflowView } from '../state/workflow-state.ts'
import { type Store, tell } from '../store/store.ts'
import { Follower } from './follower.ts'
import { kinds, runItem } from './kinds.ts'
import { outcomeOf } from './outcome.ts'
import { createPersisted, type Persisted } from './persist.ts'
import type { Registry } from './registry.ts'
import { toHeadwayError } from './start.ts'

/**
 * One tracked job or workflow.
 *
 * A handle from `start()` follows its run from the beginning; one from `attach()` while somebody
 * subscribes or awaits `result`. `unsubscribe()` ends both; a later subscriber follows it anew.
 */
export interface RunHandle<TView, TOutput> extends Store<TView> {
  /** The view now, then each change. Never completes, never errors: how the run ended is in the view. */
  readonly state$: Observable<TView>
  /**
   * The output, once it is `completed`: one promise, made when first asked for. Rejects with
   * `StartFailed`, `JobFailed`, `JobCancelled`, `JobMissing`, or `JobUnwatched` after `unsubscribe()`.
   */
  readonly result: Promise<TOutput>
  /**
   * Asks the server to cancel; resolves when the server has taken note, which is before the run has
   * stopped. On a run that has ended it does nothing. Rejects with `RpcError` or `StartFailed`.
   */
  cancel(reason?: string): Promise<void>
  /** Asks the server to run again what failed or was cancelled, under the same id. Rejects with `RpcError`. */
  retry(): Promise<void>
  /**
   * Starts again what was not started: the same intent, under the same idempotency key. Resolves when
   * that has succeeded or failed, which the view says. Does nothing unless the start failed.
   */
  retryStart(): Promise<void>
  /** Stops watching. The run goes on. Calling it twice is harmless. */
  unsubscribe(): void
}

/** One tracked job. */
export interface JobHandle<TOutput> extends RunHandle<JobView<TOutput>, TOutput> {}

/** One tracked workflow. */
export interface WorkflowHandle<TOutput> extends RunHandle<WorkflowView<TOutput>, TOutput> {}

/** What may be asked of a run that is tracked. */
export interface RunOptions<TView, TOutput> {
  /** Remembers the run's id under this name until it has ended: `attach` without an id finds it again after a reload. */
  persist?: string | undefined
  /** Called once when the run has succeeded. */
  onDone?: ((output: TOutput, view: TView) => void) | undefined
  /** Called once when the run has ended otherwise: `JobFailed`, `JobCancelled` or `JobMissing`. A failed start is not an end. */
  onFail?: ((error: HeadwayError, view: TView) => void) | undefined
}

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
  /** Of a run that is there already. */
  id?: string | undefined
  /** Starts one and resolves with its id. */
  start?: () => Promise<string>
  options: RunOptions<AnyRunView, unknown>
}

/** The handle of a run that is there, or, with `start`, of one that is started now. */
export class TrackedRun extends Follower<AnyRunView> implements RunHandle<AnyRunView, unknown> {
  private readonly api: Api
  private readonly plan: RunPlan
  private id = ''
  private created: Promise<string> | null = null
  private awaited: Promise<unknown> | null = null
  private abandon: (() => void) | null = null
  private isOver = false

  constructor({ api, registry }: Tracking, plan: RunPlan) {
    super(registry, follow(plan.kind, '').view)
    this.api = api
    this.plan = plan
    if (plan.start) {
      this.hold()
      void this.begin(plan.start)
    } else {
      const id = plan.id || this.persisted?.load()
      if (id) this.have(id)
    }
  }

  get result(): Promise<unknown> {
    this.awaited ??= this.awaitResult()
    return this.awaited
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
      if (!start || !this.getSnapshot().startError) return
      this.awaited = null
      await this.begin(start)
    }
  }

  get unsubscribe(): () => void {
    return () => {
      this.abandon?.()
      this.stop()
    }
  }

  protected toFold({ id }: BatchItem): Fold<AnyRunView> {
    const view = this.getSnapshot()
    const shownId = 'jobId' in view ? view.jobId : view.workflowId
    // Watched again: what was shown last is where it goes on, or the screen would go backwards.
    if (shownId === id) return { ...toFold(view), newest: view.revision }
    return follow(this.plan.kind, id)
  }

  protected override changed(view: AnyRunView): void {
    const wasOver = this.isOver
    this.isOver = view.isDone && !view.startError
    const outcome = this.isOver && !wasOver ? outcomeOf(this.id, view) : null
    if (!outcome) return
    const { onDone, onFail } = this.plan.options
    this.persisted?.forget(this.id)
    tell(() => {
      if ('error' in outcome) onFail?.(outcome.error, view)
      else onDone?.(outcome.output, view)
    })
  }

  private get persisted(): Persisted | null {
    const { persist } = this.plan.options
    return persist === undefined ? null : createPersisted(this.api.options, persist)
  }

  private have(id: string): void {
    this.id = id
    this.follow(runItem(this.plan.kind, id))
  }

  private async begin(start: () => Promise<string>): Promise<void> {
    const { kind } = this.plan
    const starting = reduce(kind, follow(kind, ''), { type: 'started' })
    this.show(starting.view)
    this.created = start()
    const id = await this.created.catch((error: unknown) => {
      const failed = { type: 'startFailed', error: toHeadwayError(error) } as const
      this.show(reduce(kind, starting, failed).view)
      return null
    })
    if (id === null) return
    this.persisted?.save(id)
    this.have(id)
  }

  private awaitResult(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const outcome = outcomeOf(this.id, this.getSnapshot())
        if (!outcome) return
        leave()
        if ('error' in outcome) reject(outcome.error)
        else resolve(outcome.output)
      }
      const leave = this.subscribe(check)
      this.abandon = () => {
        leave()
        reject(new JobUnwatched('unsubscribe() was called before the job ended; the job goes on'))
      }
      check()
    })
  }

  /** Asks the server to do something with the run; what it is then, it answers. */
  private async ask(verb: string, body: object): Promise<void> {
    const { kind, snapshotPath, parse } = kinds[this.plan.kind]
    const id = this.id || (await this.created)
    const path = id && snapshotPath(id)
    if (!path) return
    const { data } = await request(this.api, { method: 'POST', path: `${path}/${verb}`, body })
    const snapshot = parse(data, undefined)
    if (snapshot instanceof Error) return
    this.registry.dispatch(kind, id, { type: 'updated', snapshot })
    if (this.cell && !this.cell.isDone) this.registry.refetch(this.cell)
  }
}

function follow(kind: 'job' | 'workflow', id: string): Fold<AnyRunView> {
  return kind === 'job' ? followJob(id) : followWorkflow(id)
}

function reduce(
  kind: 'job' | 'workflow',
  fold: Fold<AnyRunView>,
  event: Extract<RunEvent<never>, { type: 'started' | 'startFailed' }>,
): Fold<AnyRunView> {
  return kind === 'job'
    ? reduceJob(fold as Fold<JobView<unknown>>, event)
    : reduceWorkflow(fold as Fold<WorkflowView<unknown>>, event)
}
