import type { JobSnapshot, JobStatus } from '../protocol/snapshots.ts'
import { inPhase, type JobPhase, jobPhase } from './phase.ts'
import { type Fold, type RunEvent, type RunRules, reduceRun, toFold } from './run-state.ts'
import { type RunView, toIdle } from './run-view.ts'

/** The state of a job at the server. */
export interface JobState<TOutput> {
  /** Empty until the server has created the job. */
  jobId: string
  /** A newer server may send another word, which is passed through. Its phase is `running`. */
  status: JobStatus
  /** Percent, 0 to 100, also with decimals; `null` if unknown. Each attempt begins at 0. */
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
export const idleJob: JobView<never> = /* @__PURE__ */ Object.assign(
  /* @__PURE__ */ toIdle<JobView<never>>('pending'),
  { jobId: '' },
)

const rules: RunRules<JobView<unknown>, JobSnapshot> = {
  idle: idleJob,
  phaseOf: jobPhase,
  toView: (shared, { jobId }) => Object.assign(shared, { jobId }),
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
export function reduceJob(
  fold: Fold<JobView<unknown>>,
  event: JobEvent,
  offsetMs?: number,
): Fold<JobView<unknown>> {
  return reduceRun(rules, fold, event, offsetMs)
}
