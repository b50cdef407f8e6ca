import {
  type ChildCounts,
  isTerminalStatus,
  isTerminalWorkflowStatus,
  type JobStatus,
  type StepStatus,
  type WorkflowStatus,
} from '@headway/core/protocol'
import type pg from 'pg'
import { sql } from '../sql.ts'

/** A row of `headway.step`. */
export interface StepRow {
  name: string
  status: StepStatus
  error: string | null
  startedAt?: number | null
  finishedAt?: number | null
}

/** A row of `headway.run`: a snapshot in the database's own words. */
export interface Run {
  id: string
  kind: 'job' | 'workflow'
  name: string
  /** The engine that runs it; `observed`: workers of another program do. */
  engine?: string
  /** The principal that started it; `null`: an anonymous caller. */
  owner: string | null
  /** Who may see it while it has no owner; `null`: all who know its id. */
  readers?: 'admins' | 'everyone' | null
  status: JobStatus | WorkflowStatus
  progress: number | null
  message: string | null
  output: unknown
  error: string | null
  attempt: number
  revision: number
  /** Its place among those that wait in its queue, from 1; `null`: unknown. Not in the row. */
  position?: number | null | undefined
  /** The queue that it waits in, and the id of its task there; absent while it waits in none. */
  queue?: string | null
  taskId?: string | null
  done?: number | null
  total?: number | null
  unit?: string | null
  /** Times in epoch milliseconds of the database's clock; `null` before. */
  createdAt?: number | null | undefined
  startedAt?: number | null | undefined
  finishedAt?: number | null | undefined
  /** The current step of a workflow, and the event that it waits for. */
  step: string | null
  waitingFor: string | null
  /** The steps of a workflow in display order; `null` for a job. */
  steps: StepRow[] | null
  isCancelRequested: boolean
  /** How many children it has; `null` or absent: none. */
  children?: ChildCounts | null | undefined
  /** The output was left out: `complete` reads it. */
  isLarge?: boolean
}

/** The run has ended; only a retry starts it again. */
export function hasEnded({ kind, status }: Pick<Run, 'kind' | 'status'>): boolean {
  return kind === 'job' ? isTerminalStatus(status) : isTerminalWorkflowStatus(status)
}

/** Reads of `headway.run`. */
export interface RunStore {
  /** The existing runs of these ids, in any order, in one query. */
  read(ids: readonly string[]): Promise<Run[]>
  /**
   * One run with its output, however large; it stays `isLarge` when the output is too large to be
   * sent. `null`: the run does not exist.
   */
  complete(id: string): Promise<Run | null>
}

/** Outputs of up to this number of bytes are read together with many runs. */
const smallBytes = 4_096

/** The largest output that is sent, in bytes, unless the app allows larger ones. */
const mostBytes = 16 * 1_048_576

/**
 * A store over the pool that also writes: a replica could answer with a state that was already
 * superseded. Large outputs are read one by one: a read of many runs stays small.
 */
export function createRunStore(pool: pg.Pool, maxOutputBytes = 0): RunStore {
  const query = sql('runs/sql/read-runs')
  const readWithin = async (ids: readonly string[], bytes: number): Promise<Run[]> =>
    // As text: `pg` would look for characters to escape in each id, and UUIDs have none.
    (await pool.query<Run>(query, [`{${ids.join()}}`, bytes])).rows
  return {
    read: (ids) => readWithin(ids, smallBytes),
    async complete(id) {
      const [run] = await readWithin([id], Math.max(mostBytes, maxOutputBytes))
      return run ?? null
    },
  }
}
