import { ProtocolError } from '../errors.ts'
import { isRecord } from './json.ts'

/** The status words of a job, in the order in which a job can meet them. @see PROTOCOL.md, "Job statuses" */
export const jobStatuses = [
  'pending',
  'claimed',
  'running',
  'retry',
  'cancel_requested',
  'completed',
  'failed',
  'dead_letter',
  'cancelled',
  'not_found',
] as const

/** What a job is doing, in the wire's own words. */
export type JobStatus = (typeof jobStatuses)[number]

const terminal: ReadonlySet<string> = new Set<JobStatus>([
  'completed',
  'failed',
  'dead_letter',
  'cancelled',
  'not_found',
])

/** Whether a job of this status has ended. A word this version does not know has not. */
export function isTerminalStatus(status: string): boolean {
  return terminal.has(status)
}

/** The whole state of a job, as the wire has it. @see PROTOCOL.md, "Snapshots" */
export interface JobSnapshot {
  job_id: string
  /** A {@link JobStatus}, or a word of a newer server, passed through. */
  status: JobStatus
  /** Percent, 0 to 100; `null` when it cannot be said. Each attempt begins at 0. */
  progress: number | null
  message: string | null
  output: unknown
  error: string | null
  /** Grows with every visible change of this job. Absent on a server without our extensions. */
  revision?: number
  /** 1 for the first attempt, 0 before it. Absent on a server without our extensions. */
  attempt?: number
}

/** Reads a snapshot from parsed JSON; what is malformed comes back as a {@link ProtocolError}. */
export function parseJobSnapshot(value: unknown): JobSnapshot | ProtocolError {
  if (!isRecord(value)) return new ProtocolError(`A job snapshot is ${JSON.stringify(value)}`)
  // As a server of ours writes it: nothing to mend, and nothing to copy on the path of every update.
  if (isJobSnapshot(value)) return value
  const { job_id, status, progress, message, output = null, error } = value
  if (typeof job_id !== 'string' || typeof status !== 'string') {
    return new ProtocolError(`A job snapshot lacks job_id or status: ${JSON.stringify(value)}`)
  }
  const snapshot: JobSnapshot = {
    job_id,
    // A status is whatever the server says: a word we do not know yet must reach the user unchanged.
    status: status as JobStatus,
    progress: typeof progress === 'number' ? progress : null,
    message: textOrNull(message),
    output,
    error: textOrNull(error),
  }
  return withNumbers(snapshot, value)
}

function isJobSnapshot(
  value: Record<string, unknown>,
): value is Record<string, unknown> & JobSnapshot {
  const { job_id, status, progress, message, output, error, revision, attempt } = value
  return (
    typeof job_id === 'string' &&
    typeof status === 'string' &&
    typeof progress === 'number' &&
    (message === null || typeof message === 'string') &&
    output !== undefined &&
    (error === null || typeof error === 'string') &&
    typeof revision === 'number' &&
    typeof attempt === 'number'
  )
}

/** The status words of a workflow, those of the seed first, then those of other Forge eras. @see PROTOCOL.md, "Workflow statuses" */
export const workflowStatuses = [
  'created',
  'running',
  'waiting',
  'completed',
  'compensating',
  'compensated',
  'failed',
  'not_found',
  'pending',
  'sleeping',
  'blocked_missing_version',
  'blocked_signature_mismatch',
  'blocked_missing_handler',
  'retired_unresumable',
  'cancelled_by_operator',
] as const

/** What a workflow is doing, in the wire's own words. */
export type WorkflowStatus = (typeof workflowStatuses)[number]

/** One step of a workflow. A word this version does not know is passed through. */
export interface WorkflowStepState {
  name: string
  status: 'pending' | 'running' | 'completed' | 'failed' | 'compensated' | 'skipped'
  error: string | null
}

/** The whole state of a workflow, as the wire has it. @see PROTOCOL.md, "Snapshots" */
export interface WorkflowSnapshot {
  workflow_id: string
  status: WorkflowStatus
  /** The step under way. Forge never says it. */
  step: string | null
  waiting_for: string | null
  steps: WorkflowStepState[]
  output: unknown
  error: string | null
  revision?: number
  attempt?: number
}

/** Reads a snapshot from parsed JSON; what is malformed comes back as a {@link ProtocolError}. */
export function parseWorkflowSnapshot(value: unknown): WorkflowSnapshot | ProtocolError {
  if (!isRecord(value)) return new ProtocolError(`A workflow snapshot is ${JSON.stringify(value)}`)
  const { workflow_id, status, step, waiting_for, steps, output = null, error } = value
  if (typeof workflow_id !== 'string' || typeof status !== 'string') {
    const text = JSON.stringify(value)
    return new ProtocolError(`A workflow snapshot lacks workflow_id or status: ${text}`)
  }
  const snapshot: WorkflowSnapshot = {
    workflow_id,
    status: status as WorkflowStatus,
    step: textOrNull(step),
    waiting_for: textOrNull(waiting_for),
    steps: Array.isArray(steps) ? steps.filter(isStep).map(toStep) : [],
    output,
    error: textOrNull(error),
  }
  return withNumbers(snapshot, value)
}

function isStep(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && typeof value.name === 'string' && typeof value.status === 'string'
}

function toStep({ name, status, error }: Record<string, unknown>): WorkflowStepState {
  return { name, status, error: textOrNull(error) } as WorkflowStepState
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** What servers with our extensions add to every snapshot. */
function withNumbers<S extends { revision?: number; attempt?: number }>(
  snapshot: S,
  { revision, attempt }: Record<string, unknown>,
): S {
  if (typeof revision === 'number') snapshot.revision = revision
  if (typeof attempt === 'number') snapshot.attempt = attempt
  return snapshot
}
