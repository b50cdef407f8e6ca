import {
  isTerminalStatus,
  isTerminalWorkflowStatus,
  type JobStatus,
  type WorkflowStatus,
  type WorkflowStepState,
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

/** Whether a run has ended; only a retry begins it anew. */
export function hasEnded({ kind, status }: Pick<Run, 'kind' | 'status'>): boolean {
  return kind === 'job' ? isTerminalStatus(status) : isTerminalWorkflowStatus(status)
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
