import type { Observable } from 'rxjs'
import { type HeadwayError, JobUnwatched } from '../errors.ts'
import { toTarget } from '../protocol/server-event.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import { request } from '../rpc/request.ts'
import { followJob, type JobView, reduceJob } from '../state/job-state.ts'
import { type Fold, type RunEvent, toFold } from '../state/run-state.ts'
import { followWorkflow, reduceWorkflow, type WorkflowView } from '../state/workflow-state.ts'
import type { Store } from '../store/store.ts'
import { createFollower } from './follower.ts'
import { kinds, runItem } from './kinds.ts'
import { outcomeOf } from './outcome.ts'
import { createPersisted } from './persist.ts'
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

/**
 * A handle of the run `id`; or, with `start`, of one that is started now.
 *
 * @param start starts it and resolves with its id
 */
export function createHandle(
  { api, registry }: Tracking,
  kind: 'job' | 'workflow',
  { id: known, start }: { id?: string | undefined; start?: () => Promise<string> },
  { persist, onDone, onFail }: RunOptions<AnyRunView, unknown>,
): RunHandle<AnyRunView, unknown> {
  const persisted = persist === undefined ? null : createPersisted(api.options, persist)
  const first = follow(kind, '')
  const follower = createFollower<AnyRunView>(registry, first.view, ({ id }) => follow(kind, id))
  let id = ''
  let created: Promise<string> | undefined
  let result: Promise<unknown> | undefined
  let abandon: (() => void) | undefined
  let isOver = false

  const have = (runId: string): void => {
    id = runId
    follower.follow(runItem(kind, runId))
  }
  const begin = async (): Promise<void> => {
    if (!start) return
    follower.show(reduce(kind, first, { type: 'started' }).view)
    created = start()
    try {
      const runId = await created
      persisted?.save(runId)
      have(runId)
    } catch (error) {
      const starting = toFold(follower.getSnapshot())
      const failed = { type: 'startFailed', error: toHeadwayError(error) } as const
      follower.show(reduce(kind, starting, failed).view)
    }
  }
  const observe = (): void => {
    const view = follower.getSnapshot()
    const outcome = view.startError ? null : outcomeOf(id, view)
    if (!outcome) {
      isOver = false
    } else if (!isOver) {
      isOver = true
      persisted?.forget(id)
      if ('error' in outcome) onFail?.(outcome.error, view)
      else onDone?.(outcome.output, view)
    }
  }
  const awaitResult = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const outcome = outcomeOf(id, follower.getSnapshot())
        if (!outcome) return
        unsubscribe()
        if ('error' in outcome) reject(outcome.error)
        else resolve(outcome.output)
      }
      const unsubscribe = follower.subscribe(check)
      abandon = () => {
        unsubscribe()
        reject(new JobUnwatched('unsubscribe() was called before the job ended; the job goes on'))
      }
      check()
    })
  /** Asks the server to do something with the run; what it is then, it answers. */
  const ask = async (verb: string, body: object): Promise<void> => {
    const runId = id || (await created)
    const path = runId && kinds[kind].snapshotPath(runId)
    if (!path) return
    const { data } = await request(api, { method: 'POST', path: `${path}/${verb}`, body })
    const snapshot = kinds[kind].parse(data, undefined)
    if (snapshot instanceof Error) return
    registry.dispatch(toTarget(kind, runId), { type: 'updated', snapshot })
    const cell = follower.cell()
    if (cell && !cell.isDone) registry.refetch(cell)
  }

  if (persisted || onDone || onFail) follower.onChange(observe)
  if (start) {
    follower.hold()
    void begin()
  } else {
    const runId = known || persisted?.load()
    if (runId) have(runId)
  }
  return {
    getSnapshot: follower.getSnapshot,
    subscribe: follower.subscribe,
    get state$() {
      return follower.state$
    },
    get result() {
      result ??= awaitResult()
      return result
    },
    cancel: (reason) => ask('cancel', reason === undefined ? {} : { reason }),
    async retry() {
      await ask('retry', {})
      result = undefined
    },
    async retryStart() {
      if (!follower.getSnapshot().startError) return
      result = undefined
      await begin()
    },
    unsubscribe() {
      abandon?.()
      follower.stop()
    },
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
