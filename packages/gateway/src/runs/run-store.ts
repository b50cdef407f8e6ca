import type { JobSnapshot, JobStatus } from '@headway/core/protocol'
import type pg from 'pg'
import { sql } from '../sql.ts'
import { createReadTogether } from './read-together.ts'

/** A run as it is read: a snapshot in the database's own words. */
export interface Run {
  id: string
  name: string
  /** The principal that started it; `null`: nobody in particular. */
  owner: string | null
  status: JobStatus
  progress: number | null
  message: string | null
  output: unknown
  error: string | null
  attempt: number
  revision: number
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

/** A run as the wire has it. @see PROTOCOL.md, "Snapshots" */
export function toSnapshot(run: Run): Required<JobSnapshot> {
  const { id, status, progress, message, output, error, revision, attempt } = run
  return { job_id: id, status, progress, message, output, error, revision, attempt }
}
