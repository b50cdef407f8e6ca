import type { JobStatus, WorkflowStatus } from '../protocol/snapshots.ts'

/** What a screen wants to know of a job, in one word. Exactly one holds at any time. */
export type JobPhase =
  /** Nothing was started yet; or the server refuses to say anything of the job. */
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

/** The same of a workflow. */
export type WorkflowPhase =
  | JobPhase
  /** For an event, for a time, or for a version of the server that can go on. */
  | 'waiting'
  /** What its steps did is being undone. */
  | 'compensating'

const jobPhases = toMap<JobStatus, JobPhase>({
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
})

const workflowPhases = toMap<WorkflowStatus, WorkflowPhase>({
  created: 'queued',
  pending: 'queued',
  running: 'running',
  waiting: 'waiting',
  sleeping: 'waiting',
  blocked_missing_version: 'waiting',
  blocked_signature_mismatch: 'waiting',
  blocked_missing_handler: 'waiting',
  compensating: 'compensating',
  completed: 'succeeded',
  compensated: 'failed',
  failed: 'failed',
  retired_unresumable: 'failed',
  cancelled_by_operator: 'cancelled',
  not_found: 'missing',
})

/** What decides of a phase. */
export interface PhaseWords {
  status: string
  error: string | null
  /** Of a workflow: somebody asked to cancel it. */
  cancel_requested?: boolean
}

/** The phase of a job in this status. A word of a newer server counts as `running`. */
export function jobPhase(words: PhaseWords): JobPhase {
  return phaseIn(jobPhases, words)
}

/** The phase of a workflow in this status. A word of a newer server counts as `running`. */
export function workflowPhase(words: PhaseWords): WorkflowPhase {
  const phase = phaseIn(workflowPhases, words)
  if (!words.cancel_requested) return phase
  // The wire has one word for what was undone because it failed, and because somebody asked for it.
  if (words.status === 'compensated') return 'cancelled'
  return goesOn.has(phase) ? 'cancelling' : phase
}

const goesOn: ReadonlySet<WorkflowPhase> = new Set(['queued', 'running', 'waiting'])

function phaseIn<P extends string>(
  phases: ReadonlyMap<string, P>,
  { status, error }: PhaseWords,
): P | 'retrying' | 'running' {
  // Forge has no `retry`: a run that waits for its next attempt is `pending` with the last error.
  if (status === 'pending' && error !== null) return 'retrying'
  return phases.get(status) ?? 'running'
}

/** Every word of the type, and no other key that an object has. */
function toMap<S extends string, P>(phases: Record<S, P>): ReadonlyMap<string, P> {
  return new Map(Object.entries<P>(phases))
}
