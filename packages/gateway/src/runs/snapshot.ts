import {
  encodeEvent,
  encodeJobUpdate,
  type JobSnapshot,
  type JobStatus,
  type WorkflowSnapshot,
  type WorkflowStatus,
  type WorkflowStepState,
} from '@headway/core/protocol'
import { maxErrorChars, maxMessageChars, toErrorText, toMessageText } from '../bound-text.ts'
import type { Run } from './run-store.ts'

/** A run as the wire has it. */
export type RunSnapshot = Required<JobSnapshot> | Required<WorkflowSnapshot>

/** A run as the wire has it. @see PROTOCOL.md, "Snapshots" */
export function toSnapshot(run: Run): RunSnapshot {
  return run.kind === 'job' ? toJobSnapshot(run) : toWorkflowSnapshot(run)
}

function toJobSnapshot(run: Run): Required<JobSnapshot> {
  const { id, progress, output, revision, attempt } = run
  const [message, error] = [shortMessage(run.message), shortError(run.error)]
  const status = run.status as JobStatus
  return { job_id: id, status, progress, message, output, error, revision, attempt }
}

function toWorkflowSnapshot(run: Run): Required<WorkflowSnapshot> {
  const { id, step, waitingFor, output, progress, revision, attempt } = run
  return {
    workflow_id: id,
    status: run.status as WorkflowStatus,
    step,
    waiting_for: waitingFor,
    steps: toSteps(run.steps),
    output,
    error: shortError(run.error),
    progress,
    message: shortMessage(run.message),
    cancel_requested: run.isCancelRequested,
    revision,
    attempt,
  }
}

/** Texts that SQL has reported are kept whole, and cut when they are read. */
function shortMessage(message: string | null): string | null {
  return message !== null && message.length > maxMessageChars ? toMessageText(message) : message
}

function shortError(error: string | null): string | null {
  return error !== null && error.length > maxErrorChars ? toErrorText(error) : error
}

function toSteps(steps: Run['steps']): WorkflowStepState[] {
  return steps?.map((step) => ({ ...step, error: shortError(step.error) })) ?? []
}

/** The words of Forge's clients for statuses that they do not know. */
const forgeWords: ReadonlyMap<string, WorkflowStatus> = new Map([
  ['created', 'pending'],
  ['compensating', 'running'],
  ['compensated', 'failed'],
])

/** A run in words that Forge's clients accept. @see PROTOCOL.md, "Events" */
function toForgeSnapshot(run: Run): RunSnapshot {
  const snapshot = toSnapshot(run)
  if ('job_id' in snapshot) return snapshot
  return { ...snapshot, status: forgeWords.get(snapshot.status) ?? snapshot.status }
}

/** The words of a session: those of our clients, or those of Forge's. */
export type Dialect = 'headway' | 'forge'

/** A run as a session understands it. */
export function toSnapshotIn(dialect: Dialect, run: Run): RunSnapshot {
  return dialect === 'headway' ? toSnapshot(run) : toForgeSnapshot(run)
}

/** A run as an event about a target, as a session understands it. */
export function encodeRun(target: string, dialect: Dialect, run: Run): string {
  const snapshot = toSnapshotIn(dialect, run)
  if ('job_id' in snapshot) return encodeJobUpdate(target, snapshot)
  return encodeEvent({ type: 'update', target, payload: snapshot })
}

/** The result of `write`; `null` when the value, such as an output of SQL, is nested too deep. */
export function unlessTooDeep(write: () => string): string | null {
  try {
    return write()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
