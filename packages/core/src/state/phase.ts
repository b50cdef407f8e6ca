import type { JobStatus, WorkflowStatus } from '../protocol/snapshots.ts'

/** The phase of a job, for a screen. A job is in exactly one phase. */
export type JobPhase =
  /** No job was started, or the server does not let this client follow it. */
  | 'idle'
  /** `start()` was called; the server has not created the job yet. */
  | 'starting'
  | 'queued'
  | 'running'
  /** An attempt failed, and another one will follow. */
  | 'retrying'
  /** The job was asked to stop and is still running. */
  | 'cancelling'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  /** The server has no such job. */
  | 'missing'

/** The phase of a workflow, for a screen. A workflow is in exactly one phase. */
export type WorkflowPhase =
  | JobPhase
  /** It waits for an event, for a time, or for a server version that can continue it. */
  | 'waiting'
  /** The effects of its steps are being undone. */
  | 'compensating'

const jobPhases = /* @__PURE__ */ toMap<JobStatus, JobPhase>({
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

const workflowPhases = /* @__PURE__ */ toMap<WorkflowStatus, WorkflowPhase>({
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

/** The members of a view that follow from the phase. */
export interface PhaseFields<TPhase extends string = string> {
  phase: TPhase
  /** True from the start to the end of the run. */
  isActive: boolean
  /** True after the end of the run. */
  isDone: boolean
}

const active: ReadonlySet<string> = new Set([
  'starting',
  'queued',
  'running',
  'retrying',
  'waiting',
  'compensating',
  'cancelling',
])

/** The phase with its booleans. `idle` is neither active nor done. */
export function inPhase<P extends string>(phase: P): PhaseFields<P> {
  const isActive = active.has(phase)
  return { phase, isActive, isDone: !isActive && phase !== 'idle' }
}

/** The parts of a snapshot that determine the phase. */
export interface PhaseWords {
  status: string
  error: string | null
  /** Only for a workflow: true after a request to cancel it. */
  cancel_requested?: boolean
}

/** The phase of a job. An unknown status gives `running`. */
export function jobPhase(words: PhaseWords): JobPhase {
  return phaseIn(jobPhases, words)
}

/** The phase of a workflow. An unknown status gives `running`. */
export function workflowPhase(words: PhaseWords): WorkflowPhase {
  const phase = phaseIn(workflowPhases, words)
  if (!words.cancel_requested) return phase
  // `compensated` means undone after a failure or after a request to cancel.
  if (words.status === 'compensated') return 'cancelled'
  return cancellable.has(phase) ? 'cancelling' : phase
}

const cancellable: ReadonlySet<WorkflowPhase> = new Set(['queued', 'running', 'waiting'])

function phaseIn<P extends string>(
  phases: ReadonlyMap<string, P>,
  { status, error }: PhaseWords,
): P | 'retrying' | 'running' {
  // Forge has no `retry`: a run before its next attempt is `pending` with the last error.
  if (status === 'pending' && error !== null) return 'retrying'
  return phases.get(status) ?? 'running'
}

/** A map, since an object would also have keys such as `toString`. */
function toMap<S extends string, P>(phases: Record<S, P>): ReadonlyMap<string, P> {
  return new Map(Object.entries<P>(phases))
}
