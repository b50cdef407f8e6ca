import type { JobStatus } from '@headway/core/protocol'
import type pg from 'pg'
import type { Task, TaskOptions } from '../engines/engine.ts'
import { sql } from '../sql.ts'

/** The engine and queue of a run. */
export interface Place {
  engine: string
  /** As the engine names it. */
  queue: string
}

/**
 * A task that its engine does not have yet: a new start, a retry, or one that another process left
 * behind.
 */
export interface PendingTask extends Pick<Task, 'id' | 'runId' | 'name' | 'args'> {
  /** `null`: the version that started it did not store them. */
  options: TaskOptions | null
}

/** A run that has not ended, and that no worker seems to have. */
export interface Unended extends Pick<Task, 'id' | 'runId'> {
  status: JobStatus
  /** As it was read: a write with it only changes the same state. */
  revision: string
}

/** This worker: its number in its runs, and the runs that it executes. */
export interface Mine {
  /** `null` in a gateway, which runs none. */
  holder: number | null
  running(): string[]
}

/** Reads and writes which runs their queue has. */
export interface HandOverStore {
  /** The queue has the run. */
  note(runId: string, taskId: string): Promise<void>
  /**
   * Runs that the queue does not have after a while, since their process has died.
   *
   * @param names the jobs that are known here; runs of other jobs are read only if they name their
   * queue
   */
  readLeftOver(names: readonly string[], afterMs: number): Promise<PendingTask[]>
  /**
   * Runs that have not changed for a while and that no worker seems to have, by id, up to 200.
   *
   * @param afterId `null`: from the first
   */
  readUnended(afterMs: number, afterId: string | null, mine: Mine): Promise<Unended[]>
  /** The queue has lost the run: it has to be handed over again, unless it has just changed. */
  forget(runId: string, revision: string): Promise<void>
}

/** The notes of one queue. */
export function createHandOverStore(pool: pg.Pool, { engine, queue }: Place): HandOverStore {
  const note = sql('runs/sql/note-hand-over')
  const readLeftOver = sql('runs/sql/read-left-over')
  const readUnended = sql('runs/sql/read-unended')
  const forget = sql('runs/sql/forget-hand-over')
  return {
    async note(runId, taskId) {
      await pool.query(note, [runId, taskId, queue])
    },
    async readLeftOver(names, afterMs) {
      const { rows } = await pool.query<PendingTask>(readLeftOver, [engine, queue, names, afterMs])
      return rows
    },
    async readUnended(afterMs, afterId, { holder, running }) {
      const values = [engine, queue, afterMs, afterId, holder, running()]
      return (await pool.query<Unended>(readUnended, values)).rows
    },
    async forget(runId, revision) {
      await pool.query(forget, [runId, revision])
    },
  }
}
