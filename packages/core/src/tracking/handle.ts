import type { Observable } from 'rxjs'
import type { HeadwayError } from '../errors.ts'
import type { JobView } from '../state/job-state.ts'
import type { WorkflowView } from '../state/workflow-state.ts'
import type { Store } from '../store/store.ts'

/**
 * One tracked job or workflow.
 *
 * A handle from `start()` follows its run from the beginning to its end; one from `attach()` while somebody
 * subscribes or awaits `result`. `unsubscribe()` ends both; a later subscriber follows it anew, also when it has
 * ended: it may have been run again.
 */
export interface RunHandle<TView, TOutput> extends Store<TView> {
  /** The view now, then each change. Never completes, never errors: how the run ended is in the view. */
  readonly state$: Observable<TView>
  /**
   * The output, once it is `completed`: one promise, made when first asked for. Rejects with
   * `StartFailed`, `JobFailed`, `JobCancelled`, `JobMissing`, or `JobUnwatched` after `unsubscribe()`. It also rejects
   * when no end will be heard of, with `JobRefused` or `ClientClosed`: asked for again, it is awaited anew.
   */
  readonly result: Promise<TOutput>
  /**
   * Resolves once what is shown comes from the server, or cannot: the same promise for all that follow
   * the run. Until then, and for half a minute after, the run is followed.
   */
  ready(): Promise<void>
  /**
   * Asks the server to cancel; resolves when the server has taken note, which is before the run has
   * stopped. On a run that has ended it does nothing. Rejects with `RpcError` (`UNSUPPORTED` where the server
   * cannot) or `StartFailed`.
   */
  cancel(reason?: string): Promise<void>
  /** Asks the server to run again what failed or was cancelled, under the same id. Rejects with `RpcError`. */
  retry(): Promise<void>
  /**
   * Starts what is not started: again after a start that failed, as the same intent, under the same
   * idempotency key; or for the first time, when it is `lazy`. Resolves when that has succeeded or
   * failed, which the view says. Does nothing when it has been started.
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
  /**
   * Remembers the run's id under this name, for the user of this moment, until it has ended or the server refuses it:
   * `attach` without an id finds it again after a reload. A `lazy` start that was under way is the same start after it.
   */
  persist?: string | undefined
  /**
   * Nothing is started until somebody subscribes (or awaits `result`), and the run is followed only
   * while somebody does. With `persist`, a run that is remembered is followed instead of starting one.
   */
  lazy?: boolean | undefined
  /** Called once when the run has succeeded. */
  onDone?: ((output: TOutput, view: TView) => void) | undefined
  /** Called once when the run has ended otherwise: `JobFailed`, `JobCancelled` or `JobMissing`. A failed start is not an end. */
  onFail?: ((error: HeadwayError, view: TView) => void) | undefined
}
