import type {
  JobSnapshot,
  JobStatus,
  WorkflowSnapshot,
  WorkflowStatus,
  WorkflowStepState,
} from '@headway/core/protocol'
import type pg from 'pg'
import { sql } from '../sql.ts'
import { createReadTogether } from './read-together.ts'

/** A run as it is read: a snapshot in the database's own words. */
export interface Run {
  id: string
  kind: 'job' | 'workflow'
  name: string
  /** The principal that started it; `null`: nobody in particular. */
  owner: string | null
  status: JobStatus | WorkflowStatus
  progress: number | null
  message: string | null
  output: unknown
  error: string | null
  attempt: number
  revision: number
  /** Of a workflow: the step under way, and the event it waits for. */
  step: string | null
  waitingFor: string | null
  /** Of a workflow, in the order in which they are shown; `null` of a job. */
  steps: WorkflowStepState[] | null
  isCancelRequested: boolean
}

/** Reads of `headway.run`. */
export interface RunStore {
  /** The runs of these ids that there are, in any order, in one query with what others ask for at the same time. */
  read(ids: readonly string[]): Promise<Run[]>
}

/** A store over the pool that also writes: a replica could answer with a state that was already superseded. */
export function createRunStore(pool: pg.Pool): RunStore {
  const query = sql('runs/sql/read-runs')
  return {
    read: createReadTogether(async (ids) => {
      const { rows } = await pool.query<Run>(query, [ids])
      return rows
    }),
  }
}

/** A run as the wire has it. */
export type RunSnapshot = Required<JobSnapshot> | Required<WorkflowSnapshot>

/** A run as the wire has it. @see PROTOCOL.md, "Snapshots" */
export function toSnapshot(run: Run): RunSnapshot {
  return run.kind === 'job' ? toJobSnapshot(run) : toWorkflowSnapshot(run)
}

function toJobSnapshot(run: Run): Required<JobSnapshot> {
  const { id, progress, message, output, error, revision, attempt } = run
  const status = run.status as JobStatus
  return { job_id: id, status, progress, message, output, error, revision, attempt }
}

function toWorkflowSnapshot(run: Run): Required<WorkflowSnapshot> {
  const { id, step, waitingFor, output, error, progress, message, revision, attempt } = run
  return {
    workflow_id: id,
    status: run.status as WorkflowStatus,
    step,
    waiting_for: waitingFor,
    steps: run.steps ?? [],
    output,
    error,
    progress,
    message,
    cancel_requested: run.isCancelRequested,
    revision,
    attempt,
  }
}

/** What Forge's clients call the statuses they do not know. */
const forgeWords: ReadonlyMap<string, WorkflowStatus> = new Map([
  ['created', 'pending'],
  ['compensating', 'running'],
  ['compensated', 'failed'],
])

/** A run in words that Forge's clients accept. @see PROTOCOL.md, "Events" */
export function toForgeSnapshot(run: Run): RunSnapshot {
  const snapshot = toSnapshot(run)
  if ('job_id' in snapshot) return snapshot
  return { ...snapshot, status: forgeWords.get(snapshot.status) ?? snapshot.status }
}

/** How a session speaks: to our clients, or to Forge's. */
export type Dialect = 'headway' | 'forge'

/** A run as a session understands it. */
export function toSnapshotIn(dialect: Dialect, run: Run): RunSnapshot {
  return dialect === 'headway' ? toSnapshot(run) : toForgeSnapshot(run)
}
