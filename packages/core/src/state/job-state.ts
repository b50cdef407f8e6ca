import type { JobSnapshot, JobStatus } from '../protocol/snapshots.ts'
import { type JobPhase, jobPhase } from './phase.ts'
import {
  type Fold,
  idleRun,
  inPhase,
  type RunEvent,
  type RunRules,
  type RunView,
  reduceRun,
  toFold,
} from './run-state.ts'
import { isSameJson } from './same-json.ts'

/** What the server says of a job. */
export interface JobState<TOutput> {
  /** Empty until the server has created the job. */
  jobId: string
  /** A word this version does not know is passed through; its phase is `running`. */
  status: JobStatus
  /** Percent, 0 to 100; `null` when it cannot be said. Each attempt begins at 0. */
  progress: number | null
  message: string | null
  /** What the job returned; `null` until it is `completed`. */
  output: TOutput | null
  /** Why it is `failed`, `dead_letter` or `cancelled`; while `retry`, why the last attempt failed. */
  error: string | null
}

/** A job as a screen shows it. Immutable: a new object for each change, the same one for none. */
export interface JobView<TOutput> extends JobState<TOutput>, RunView<JobPhase> {}

/** What can happen to a job that is shown. */
export type JobEvent = RunEvent<JobSnapshot>

/** Nothing started, nothing followed. */
export const idleJob: JobView<never> = {
  jobId: '',
  status: 'pending',
  progress: null,
  message: null,
  output: null,
  error: null,
  ...idleRun,
}

const rules: RunRules<JobView<unknown>, JobSnapshot> = {
  idle: idleJob,
  phaseOf: jobPhase,
  isShown: (view, { status, progress, message, output, error }) =>
    view.progress === progress &&
    view.message === message &&
    view.status === status &&
    view.error === error &&
    isSameJson(view.output, output),
  // Written out, on the path of every update: a spread of so many members costs three times as much.
  toView: (view, snapshot, { phase, isActive, isDone }, attempt, revision) => ({
    jobId: view.jobId,
    status: snapshot.status,
    progress: snapshot.progress,
    message: snapshot.message,
    // The caller of `defineJob<Args, Output>` vouches for the output: the wire carries no types.
    output: snapshot.output,
    error: snapshot.error,
    loading: false,
    phase,
    isActive,
    isDone,
    startError: view.startError,
    sync: view.sync,
    attempt,
    revision,
  }),
}

/**
 * The fold of a job of which only the id is known; without an id, of none.
 *
 * @param loading whether the server has yet to say that there is one
 */
export function followJob(jobId: string, loading = false): Fold<JobView<unknown>> {
  return toFold(jobId === '' ? idleJob : { ...idleJob, ...inPhase('queued'), jobId, loading })
}

/** What is known of a job after `event`. Pure and total; the same view for no change. @see {@link reduceRun} */
export function reduceJob(fold: Fold<JobView<unknown>>, event: JobEvent): Fold<JobView<unknown>> {
  return reduceRun(rules, fold, event)
}
