import type { JobStatus } from '../protocol/snapshots.ts'

/** What a screen wants to know of a job, in one word. Exactly one holds at any time. */
export type JobPhase =
  /** Nothing was started yet. */
  | 'idle'
  /** `start()` was called; the server has not created the job yet. */
  | 'starting'
  | 'queued'
  | 'running'
  /** An attempt failed; another will come. */
  | 'retrying'
  /** Cancel was asked; the job is still running. */
  | 'cancelling'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  /** The server knows no such job. */
  | 'missing'

const phases: Record<JobStatus, JobPhase> = {
  pending: 'queued',
  claimed: 'queued',
  running: 'running',
  retry: 'retrying',
  cancel_requested: 'cancelling',
  completed: 'succeeded',
  failed: 'failed',
  dead_letter: 'failed',
  cancelled: 'cancelled',
  not_found: 'missing',
}

/** The phase of a job in this status. A word of a newer server counts as `running`. */
export function jobPhase(status: string, error: string | null): JobPhase {
  // Forge has no `retry`: a job that waits for its next attempt is `pending` with the last error.
  if (status === 'pending' && error !== null) return 'retrying'
  return Object.hasOwn(phases, status) ? phases[status as JobStatus] : 'running'
}

const active: ReadonlySet<JobPhase> = new Set<JobPhase>([
  'starting',
  'queued',
  'running',
  'retrying',
  'cancelling',
])

/** Whether there is work under way, or about to be. */
export function isActivePhase(phase: JobPhase): boolean {
  return active.has(phase)
}

/** Whether the job has ended, one way or another. `idle` is neither active nor done. */
export function isDonePhase(phase: JobPhase): boolean {
  return phase !== 'idle' && !active.has(phase)
}
