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
  const { job_id, status, progress = null, message = null, output = null, error = null } = value
  if (typeof job_id !== 'string' || typeof status !== 'string') {
    return new ProtocolError(`A job snapshot lacks job_id or status: ${JSON.stringify(value)}`)
  }
  return {
    job_id,
    // A status is whatever the server says: a word we do not know yet must reach the user unchanged.
    status: status as JobStatus,
    progress: typeof progress === 'number' ? progress : null,
    message: typeof message === 'string' ? message : null,
    output,
    error: typeof error === 'string' ? error : null,
    ...(typeof value.revision === 'number' && { revision: value.revision }),
    ...(typeof value.attempt === 'number' && { attempt: value.attempt }),
  }
}
