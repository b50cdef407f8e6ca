import type { JobStatus } from '@headway/core/protocol'
import type pg from 'pg'
import type { Task, TaskOptions } from '../engines/engine.ts'
import { sql } from '../sql.ts'

/** Where a run is executed. */
export interface Place {
  engine: string
  /** As the engine names it. */
  queue: string
}

/** A run of which its engine has to be told. */
export interface LeftOver extends Pick<Task, 'id' | 'runId' | 'name' | 'args'> {
  /** `null`: it was started by a version that did not note them. */
  options: TaskOptions | null
}

/** A run that has not ended, and that no worker seems to have. */
export interface Unended extends Pick<Task, 'id' | 'runId'> {
  status: JobStatus
  /** As it was read: what is written by it is written to the same state. */
  revision: string
}

/** This worker, as its runs name it, and which of them it knows of. */
export interface Mine {
  /** `null` in a gateway, which runs none. */
  holder: number | null
  running(): string[]
}

/** What is noted of how runs get to their queue, in one place. */
export interface HandOverStore {
  /** The queue has heard of a run. */
  note(runId: string, taskId: string): Promise<void>
  /**
   * What the queue has not heard of for a while, since the process that was to tell it has died.
   *
   * @param names the jobs that are known here: of others only runs that name their queue are read
   */
  readLeftOver(names: readonly string[], afterMs: number): Promise<LeftOver[]>
  /**
   * Runs that have not changed for a while and that no worker seems to have, by id, up to 200.
   *
   * @param afterId `null`: from the first
   */
  readUnended(afterMs: number, afterId: string | null, mine: Mine): Promise<Unended[]>
  /** The queue has lost a run: it is left over, unless it has changed meanwhile. */
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
      const { rows } = await pool.query<LeftOver>(readLeftOver, [engine, queue, names, afterMs])
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
