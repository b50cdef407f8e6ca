import { ProtocolError } from '../errors.ts'
import { isRecord } from './json.ts'
import type { SnapshotTimes, SnapshotTotals } from './snapshot-members.ts'

/** The status words of a job, in the order of a job's life. @see PROTOCOL.md, "Job statuses" */
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

/** A status word of a job. */
export type JobStatus = (typeof jobStatuses)[number]

const terminal: ReadonlySet<string> = new Set<JobStatus>([
  'completed',
  'failed',
  'dead_letter',
  'cancelled',
  'not_found',
])

/** True if a job of this status has ended. False for a word that this version does not know. */
export function isTerminalStatus(status: string): boolean {
  return terminal.has(status)
}

/** The whole state of a job on the wire. @see PROTOCOL.md, "Snapshots" */
export interface JobSnapshot extends SnapshotTimes, SnapshotTotals {
  job_id: string
  /** A newer server may send another word, which is passed through. */
  status: JobStatus
  /** Percent, 0 to 100, also with decimals; `null` if unknown. Each attempt begins at 0. */
  progress: number | null
  message: string | null
  output: unknown
  error: string | null
  /**
   * Its place among those that wait in its queue: 1 is next. It has no revision of its own.
   *
   * @see PROTOCOL.md, "Places in queues"
   */
  position?: number | null | undefined
  /** Grows with every visible change of this job. Absent on Forge. */
  revision?: number
  /** 1 for the first attempt, 0 before it. Absent on Forge. */
  attempt?: number
}

/**
 * Reads a snapshot from parsed JSON. Returns a {@link ProtocolError} for a malformed one. It
 * repairs `value` in place, since a copy of every update would cost too much.
 */
export function parseJobSnapshot(value: unknown): JobSnapshot | ProtocolError {
  if (!isRecord(value) || typeof value.job_id !== 'string' || !mendRun(value)) {
    return malformed('job', value)
  }
  if (typeof value.progress !== 'number') value.progress = null
  if (typeof value.message !== 'string') value.message = null
  return value as unknown as JobSnapshot
}

/**
 * The status words of a workflow, of all versions of Forge.
 *
 * @see PROTOCOL.md, "Workflow statuses"
 */
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

/** A status word of a workflow. */
export type WorkflowStatus = (typeof workflowStatuses)[number]

const terminalOfWorkflow: ReadonlySet<string> = new Set<WorkflowStatus>([
  'completed',
  'compensated',
  'failed',
  'not_found',
  'retired_unresumable',
  'cancelled_by_operator',
])

/**
 * True if a workflow of this status has ended. False for a word that this version does not know.
 */
export function isTerminalWorkflowStatus(status: string): boolean {
  return terminalOfWorkflow.has(status)
}

/**
 * The status words of a step. A newer server may send another one, which is passed through. Forge
 * has `failed` for `cancelled`.
 */
export type StepStatus =
  | 'pending'
  | 'running'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'compensated'
  | 'skipped'

/** One step of a workflow on the wire. */
export interface StepSnapshot extends Pick<SnapshotTimes, 'finished_at'> {
  name: string
  status: StepStatus
  error: string | null
  started_at?: number | undefined
}

/** The whole state of a workflow on the wire. @see PROTOCOL.md, "Snapshots" */
export interface WorkflowSnapshot extends SnapshotTimes, SnapshotTotals {
  workflow_id: string
  status: WorkflowStatus
  /** The name of the current step. Always `null` on Forge. */
  step: string | null
  waiting_for: string | null
  steps: StepSnapshot[]
  output: unknown
  error: string | null
  /** Like that of a job, of the step or of the whole: the workflow decides. Absent on Forge. */
  progress?: number | null
  /** Absent on Forge. */
  message?: string | null
  /** True after a request to cancel it. Absent on Forge. */
  cancel_requested?: boolean
  revision?: number
  attempt?: number
}

/** Reads the snapshot of a workflow like {@link parseJobSnapshot}. */
export function parseWorkflowSnapshot(value: unknown): WorkflowSnapshot | ProtocolError {
  if (!isRecord(value) || typeof value.workflow_id !== 'string' || !mendRun(value)) {
    return malformed('workflow', value)
  }
  if (typeof value.step !== 'string') value.step = null
  if (typeof value.waiting_for !== 'string') value.waiting_for = null
  if (typeof value.progress !== 'number') value.progress = null
  if (typeof value.message !== 'string') value.message = null
  const steps = Array.isArray(value.steps) ? value.steps.filter(isStep) : []
  for (const step of steps) if (typeof step.error !== 'string') step.error = null
  value.steps = steps
  return value as unknown as WorkflowSnapshot
}

/**
 * Repairs the members that all runs have: a member of a wrong type counts as absent. Returns false
 * without a status. Any status word is allowed, since unknown ones are passed through.
 */
function mendRun(value: Record<string, unknown>): boolean {
  if (typeof value.error !== 'string') value.error = null
  if (value.output === undefined) value.output = null
  if (typeof value.revision !== 'number') delete value.revision
  if (typeof value.attempt !== 'number') delete value.attempt
  return typeof value.status === 'string'
}

function isStep(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && typeof value.name === 'string' && typeof value.status === 'string'
}

function malformed(kind: string, value: unknown): ProtocolError {
  const text = JSON.stringify(value)?.slice(0, 200)
  return new ProtocolError(`A ${kind} snapshot lacks ${kind}_id or status: ${text}`)
}
