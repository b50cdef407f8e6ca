import type { JobSnapshot, JobStatus } from '../protocol/snapshots.ts'
import { inPhase, type JobPhase, jobPhase } from './phase.ts'
import {
  type Fold,
  idleRun,
  type RunEvent,
  type RunRules,
  type RunView,
  reduceRun,
  toFold,
} from './run-state.ts'
import { isSameJson } from './same-json.ts'

/** The state of a job at the server. */
export interface JobState<TOutput> {
  /** Empty until the server has created the job. */
  jobId: string
  /** A newer server may send another word, which is passed through. Its phase is `running`. */
  status: JobStatus
  /** Percent, 0 to 100; `null` if unknown. Each attempt begins at 0. */
  progress: number | null
  message: string | null
  /** The return value of the job; `null` until it is `completed`. */
  output: TOutput | null
  /**
   * The reason of `failed`, `dead_letter` or `cancelled`. In `retry`: the error of the last
   * attempt.
   */
  error: string | null
}

/** The state of a job for a screen. Immutable: each change makes a new object. */
export interface JobView<TOutput> extends JobState<TOutput>, RunView<JobPhase> {}

/** The events of {@link reduceJob}. */
export type JobEvent = RunEvent<JobSnapshot>

/** The view of no job. */
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
  // On the path of every update: a spread of this many members takes three times as long.
  toView: (view, snapshot, { phase, isActive, isDone }, attempt, revision) => ({
    jobId: view.jobId,
    status: snapshot.status,
    progress: snapshot.progress,
    message: snapshot.message,
    // The wire has no types: the caller of `defineJob<Args, Output>` is responsible for them.
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
 * The fold of a job before the server's first answer. An empty id gives the idle view.
 *
 * @param loading true until the server confirms that the job exists
 */
export function followJob(jobId: string, loading = false): Fold<JobView<unknown>> {
  return toFold(jobId === '' ? idleJob : { ...idleJob, ...inPhase('queued'), jobId, loading })
}

/**
 * The state of a job after `event`. Pure and total. The same view if nothing changed.
 * @see {@link reduceRun}
 */
export function reduceJob(fold: Fold<JobView<unknown>>, event: JobEvent): Fold<JobView<unknown>> {
  return reduceRun(rules, fold, event)
}
