import type { Observable } from 'rxjs'
import type { HeadwayError } from '../errors.ts'
import type { JobView } from '../state/job-state.ts'
import type { WorkflowView } from '../state/workflow-state.ts'
import type { Store } from '../store/store.ts'

/**
 * One tracked job or workflow.
 *
 * A handle from `start()` follows its run to the end. A handle from `attach()` follows it while a
 * listener subscribes or `result` is awaited. `unsubscribe()` stops both. A later listener
 * follows the run again, even if it has ended: it may have been run again.
 */
export interface RunHandle<TView, TOutput> extends Store<TView> {
  /**
   * Emits the view, then each change. Never completes, never errors: the end of the run is in the
   * view.
   */
  readonly state$: Observable<TView>
  /**
   * Resolves with the output once the run is `completed`. Rejects with `StartFailed`, `JobFailed`,
   * `JobCancelled`, `JobMissing`, or with `JobUnwatched` after `unsubscribe()`. Also rejects when
   * this client cannot follow the run, with `JobRefused` or `ClientClosed`: read `result` again to
   * wait again.
   */
  readonly result: Promise<TOutput>
  /**
   * Resolves once the server has answered or refused, with the same promise for all handles of
   * the run.
   * The run is followed until then and for half a minute longer.
   */
  ready(): Promise<void>
  /**
   * Asks the server to cancel the run. Resolves when the server has noted it, which is before the
   * run stops. Does nothing on a run that has ended. Rejects with `StartFailed` or `RpcError`
   * (`UNSUPPORTED` when the server cannot cancel).
   */
  cancel(reason?: string): Promise<void>
  /**
   * Asks the server to run a failed or cancelled run again, under the same id. Rejects with
   * `RpcError`.
   */
  retry(): Promise<void>
  /**
   * Starts the run again after a start that failed, under the same idempotency key, or for the
   * first time with `lazy`. Resolves once the start has succeeded or failed, which the view says.
   * Does nothing while a start is under way, and after one that succeeded.
   */
  retryStart(): Promise<void>
  /** Stops following. The run goes on. A second call does nothing. */
  unsubscribe(): void
}

/** One tracked job. */
export interface JobHandle<TOutput> extends RunHandle<JobView<TOutput>, TOutput> {}

/** One tracked workflow. */
export interface WorkflowHandle<TOutput> extends RunHandle<WorkflowView<TOutput>, TOutput> {}

/** Options of a tracked run. */
export interface RunOptions<TView, TOutput> {
  /**
   * Stores the run's id under this name for the current user, until the run ends or the server
   * refuses it. After a reload `attach` without an id finds it. A `lazy` start that was under way
   * continues as the same start.
   */
  persist?: string | undefined
  /**
   * Starts the run only when a listener subscribes or `result` is read, and follows it only while
   * one does. With `persist`, it follows the stored run instead of starting one.
   */
  lazy?: boolean | undefined
  /**
   * The run's name in lists, 1 to 200 characters. Sent with a start; needs the capability `lists`.
   */
  title?: string | undefined
  /**
   * Words to find the run by in lists: up to 10, of up to 64 characters. Sent with a start. A
   * start whose arguments contain files can have neither.
   */
  tags?: readonly string[] | undefined
  /** Called each time the run succeeds: once, unless it is run again. */
  onDone?: ((output: TOutput, view: TView) => void) | undefined
  /**
   * Called each time the run ends without success: with `JobFailed`, `JobCancelled` or
   * `JobMissing`. Not called when the start fails.
   */
  onFail?: ((error: HeadwayError, view: TView) => void) | undefined
}
