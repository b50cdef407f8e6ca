import type { Database } from '../postgres/pools.ts'
import type { Labels } from '../runs/labels.ts'
import type { Run } from '../runs/run-store.ts'
import { sql } from '../sql.ts'
import type { Observation } from './observation.ts'

/** A queue that this observer holds. */
export interface HeldQueue {
  /** Its prefix and its name, as runs have it. */
  queue: string
  /** Grows each time that another observer takes the queue: it fences writes. */
  term: string
  /** The place of the last event that is written; `null`: none yet. */
  cursor: string | null
  /** When that was, in epoch milliseconds. */
  readAt: number | null
}

/** A job to write as a run. */
export interface ObservedRun extends Observation {
  id: string
  jobId: string
  /** Read from the job once; `null`: an existing run keeps its own. */
  origin: Origin | null
}

/** What a run has of its job for good. */
export interface Origin extends Pick<Run, 'name' | 'owner'> {
  readers: 'admins' | 'everyone' | null
  labels: Labels
}

/** The writer and reader of observed runs. */
export interface ObservedStore {
  /** All queues that were ever observed. */
  queues(): Promise<string[]>
  /** Renews the leases of these queues, and takes free ones. Resolves with those that it holds. */
  hold(queues: readonly string[], leaseMs: number): Promise<HeldQueue[]>
  leave(): Promise<void>
  /**
   * Writes jobs, and the cursor with the same statement. Resolves with the jobs that were asked to
   * stop; with `null` if nothing is written: the lease is over, or the database has another cursor.
   *
   * @param next the new cursor; `null`: unchanged
   */
  write(
    held: Pick<HeldQueue, 'queue' | 'term' | 'cursor'>,
    runs: readonly ObservedRun[],
    next: string | null,
  ): Promise<string[] | null>
  /** Runs that have not ended, by id, {@link unfinishedPage} of them. */
  readUnfinished(queue: string, afterId: string | null): Promise<{ id: string; jobId: string }[]>
  /** How many have not ended. */
  countUnfinished(queue: string): Promise<number>
}

/** The size of a page of unfinished runs. */
export const unfinishedPage = 500

/**
 * @param holder the id of this observer
 * @param mayPrepare statements may stay prepared on their connection: no pooler is between. To plan
 *   the write takes PostgreSQL longer than to run it
 */
export function createObservedStore(
  database: Database,
  holder: string,
  mayPrepare: boolean,
): ObservedStore {
  return {
    async queues() {
      const { rows } = await database.query<{ queue: string }>(sql('observe/sql/read-queues'))
      return rows.map(({ queue }) => queue)
    },
    async hold(queues, leaseMs) {
      const values = [queues, holder, leaseMs]
      const taken = await database.query<HeldQueue>(sql('observe/sql/hold-queues'), values)
      if (taken.rows.length === queues.length) return taken.rows
      // Rows that the statement itself has made are not among those that it updates.
      return (await database.query<HeldQueue>(sql('observe/sql/hold-queues'), values)).rows
    },
    async leave() {
      await database.query(sql('observe/sql/leave-queues'), [holder])
    },
    async write({ queue, term, cursor }, runs, next) {
      const column = <T>(of: (run: ObservedRun) => T): T[] => runs.map(of)
      const { rows } = await database.query<{ isHeld: boolean; toCancel: string[] }>({
        ...(mayPrepare && { name: 'headway_write_observed' }),
        text: sql('observe/sql/write-observed'),
        values: [
          queue,
          holder,
          term,
          cursor,
          next,
          column(({ id }) => id),
          column(({ jobId }) => jobId),
          column(({ isRead }) => isRead),
          column(({ place }) => place),
          column(({ origin }) => origin?.name),
          column(({ origin }) => origin?.owner),
          column(({ origin }) => origin?.readers),
          column(({ status }) => status),
          column(({ progress }) => progress),
          column(({ message }) => message),
          column(({ output }) => output),
          column(({ error }) => error),
          column(({ taken }) => taken),
          column(({ createdMs }) => createdMs),
          column(({ startedMs }) => startedMs),
          column(({ finishedMs }) => finishedMs),
          column(({ counted }) => counted.done),
          column(({ counted }) => counted.total),
          column(({ counted }) => counted.unit),
          column(({ origin }) => origin?.labels.title),
          // As JSON: PostgreSQL has no lists of lists with different lengths.
          column(({ origin }) => origin && JSON.stringify(origin.labels.tags)),
          column(({ added }) => added),
        ],
      })
      return rows[0]?.isHeld ? rows[0].toCancel : null
    },
    async readUnfinished(queue, afterId) {
      const values = [queue, afterId, unfinishedPage]
      const text = sql('observe/sql/read-unfinished')
      return (await database.query<{ id: string; jobId: string }>(text, values)).rows
    },
    async countUnfinished(queue) {
      const { rows } = await database.query<{ count: number }>(
        sql('observe/sql/count-unfinished'),
        [queue],
      )
      return rows[0]?.count ?? 0
    },
  }
}
