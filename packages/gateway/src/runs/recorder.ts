import type { JobStatus } from '@headway/core/protocol'
import { toErrorText } from '../bound-text.ts'
import type { TaskOptions } from '../engines/engine.ts'
import type { Database } from '../postgres/pools.ts'
import { toJson } from '../postgres-text.ts'
import { sql } from '../sql.ts'
import type { PendingTask, Place } from './hand-over-store.ts'
import { type Labels, noLabels } from './labels.ts'
import type { Progress, ProgressWriter } from './progress-writer.ts'

/** The result of a worker's claim on a run. */
export interface Claim {
  /**
   * `held`: another worker has it, and lives; `given_up`: it has lost too many workers, and has
   * ended.
   */
  status: 'claimed' | 'cancel_requested' | 'held' | 'given_up'
  /** The fence: every later write of this attempt names it. */
  attempt: number
  /** The number of failed attempts. */
  failures: number
  /** The principal's id; `null` for an anonymous caller. */
  owner: string | null
}

/** The end of an attempt. `retry`: it failed, and another follows. */
export type AttemptEnd =
  /** `output` is JSON text. */
  | { status: 'completed'; output: string }
  | { status: 'retry' | 'failed' | 'dead_letter'; error: string }
  | { status: 'cancelled' }

/** A run to start. */
export interface NewRun extends Place {
  id: string
  /** The id of its first task at its engine. Default: its own. */
  engineId?: string
  name: string
  /** The principal's id; `null` for an anonymous caller. */
  owner: string | null
  idempotencyKey: string | null
  args: unknown
  /** Default: none. */
  labels?: Labels
  options: TaskOptions
}

/** The number of workers that may die during the same run. */
const maxLosses = 5

/** The writer of `headway.run`. Each change is one statement that also notifies. */
export interface Recorder {
  /**
   * Records a start; a repeated one is not recorded again. Returns true when the run has to be
   * handed to its engine. That may be a repetition: the engine may already have it.
   */
  start(run: NewRun): Promise<boolean>
  /**
   * Makes a failed or cancelled run wait again. Resolves with the task for its engine; `null` for
   * other runs, and for those of another queue.
   */
  retry(
    id: string,
    engineId: string,
    place: Place,
  ): Promise<Pick<PendingTask, 'name' | 'args' | 'options'> | null>
  /** The children of a failed or cancelled group that have not completed run again. */
  retryGroup(id: string): Promise<void>
  /** A run that has not ended waits for this task. */
  isWaiting(id: string, engineId: string): Promise<boolean>
  /**
   * `null`: the run does not exist, or has ended.
   *
   * @param holder the worker's number, by which others see that it lives
   */
  claim(id: string, engineId: string, holder?: number): Promise<Claim | null>
  /** `false`: the run was asked to stop, or taken by another worker, in the meantime. */
  begin(id: string, attempt: number): Promise<boolean>
  /** Notes how far an attempt is. Never waits, never fails. */
  report(id: string, progress: Progress): void
  /** Takes the last report if it may not be written yet: it would be refused after the end. */
  takeReport(id: string): Progress | undefined
  /**
   * Ends an attempt, with its last report. Resolves with the status of the run, which goes on if it
   * has children; `null` when the attempt no longer counts.
   */
  finish(
    id: string,
    attempt: number,
    end: AttemptEnd,
    last?: Progress | undefined,
  ): Promise<JobStatus | null>
  /** `null`: there was nothing to cancel. `engineId` is the id of its task. */
  cancel(id: string, reason: string | null): Promise<{ status: JobStatus; engineId: string } | null>
  /** The engine gave the run up. With a revision: unless it has changed since. */
  abandon(id: string, engineId: string, error: string, revision?: string): Promise<void>
  /** The runs among these that have a request to cancel, and its reason. */
  readCancelRequests(ids: readonly string[]): Promise<{ id: string; reason: string | null }[]>
}

/** A recorder on a pool; or, within a transaction, on its connection. */
export function createRecorder(pool: Database, progress: ProgressWriter): Recorder {
  const statusOf = async (query: string, values: unknown[]): Promise<JobStatus | null> => {
    const { rows } = await pool.query<{ status: JobStatus }>(query, values)
    return rows[0]?.status ?? null
  }
  const run = async (query: string, values: unknown[]): Promise<void> => {
    await pool.query(query, values)
  }
  const queries = {
    insert: sql('runs/sql/insert-run'),
    retry: sql('runs/sql/retry'),
    retryGroup: sql('runs/sql/retry-group'),
    isWaiting: sql('runs/sql/is-waiting'),
    claim: sql('runs/sql/claim'),
    begin: sql('runs/sql/begin'),
    finish: sql('runs/sql/finish'),
    cancel: sql('runs/sql/cancel'),
    abandon: sql('runs/sql/abandon'),
    readCancelRequests: sql('runs/sql/read-cancel-requests'),
  }
  return {
    async start({ id, engineId = id, name, engine, owner, idempotencyKey, queue, ...run }) {
      const [args, how] = [toJson(run.args), JSON.stringify(run.options)]
      const { title, tags } = run.labels ?? noLabels
      const place = [id, name, engine, owner, idempotencyKey, args, queue, how, engineId]
      const values = [...place, title, tags]
      const { rows } = await pool.query<{ is_waiting: boolean }>(queries.insert, values)
      return rows[0]?.is_waiting ?? false
    },
    async retry(id, engineId, { engine, queue }) {
      const values = [id, engineId, engine, queue]
      const { rows } = await pool.query<PendingTask>(queries.retry, values)
      return rows[0] ? { name: rows[0].name, args: rows[0].args, options: rows[0].options } : null
    },
    retryGroup: (id) => run(queries.retryGroup, [id]),
    async isWaiting(id, engineId) {
      return (await pool.query(queries.isWaiting, [id, engineId])).rows.length > 0
    },
    async claim(id, engineId, holder) {
      const { rows } = await pool.query<Claim>(queries.claim, [id, engineId, holder, maxLosses])
      const [row] = rows
      if (!row) return null
      const { status, attempt, failures, owner } = row
      return { status, attempt, failures, owner }
    },
    begin: async (id, attempt) => (await statusOf(queries.begin, [id, attempt])) !== null,
    report: progress.report,
    takeReport: progress.take,
    async finish(id, attempt, end, last) {
      const output = end.status === 'completed' ? end.output : null
      const error = 'error' in end ? toErrorText(end.error) : null
      const values = [id, attempt, end.status, last?.percent, last?.message, output, error]
      return statusOf(queries.finish, [...values, last?.done, last?.total, last?.unit])
    },
    async cancel(id, reason) {
      const values = [id, reason && toErrorText(reason)]
      const { rows } = await pool.query<{ status: JobStatus; engine_id: string | null }>(
        queries.cancel,
        values,
      )
      return rows[0] ? { status: rows[0].status, engineId: rows[0].engine_id ?? id } : null
    },
    abandon: (id, engineId, error, revision) =>
      run(queries.abandon, [id, toErrorText(error), engineId, revision]),
    async readCancelRequests(ids) {
      const { rows } = await pool.query<{ id: string; reason: string | null }>(
        queries.readCancelRequests,
        [ids],
      )
      return rows
    },
  }
}
