import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { mayPass } from '../postgres/until-written.ts'
import { sql } from '../sql.ts'
import type { Counted } from './report.ts'

/** The last progress that an attempt reported. */
export interface Progress extends Counted {
  attempt: number
  percent: number
  message: string | null
}

/** The part of a `pg.Pool` that is needed. */
export interface ProgressPool {
  query(text: string, values: unknown[]): Promise<unknown>
}

/** Writes the newest progress of any number of runs, many in one statement. */
export interface ProgressWriter {
  /** Reports the progress of a run; an earlier report that is not written yet is replaced. */
  report(runId: string, progress: Progress): void
  /**
   * The last report, if it may not be written yet. The write that ends the attempt carries it, so
   * that it is in the row whichever write comes first.
   */
  take(runId: string): Progress | undefined
  /** Writes nothing more. */
  close(): void
}

/** The wait before refused progress is written again, in milliseconds. */
const writeAgainMs = 500

/**
 * The first report is written at once, later ones at most every `intervalMs`, together. There is
 * one statement at a time: a slow database gets fewer and larger ones. After a refusal the newest
 * reports are written. If the data of one run is the reason, the others are written without it.
 */
export function createProgressWriter(
  pool: ProgressPool,
  logger: Logger,
  intervalMs = 25,
): ProgressWriter {
  const query = sql('runs/sql/write-progress')
  let dirty = new Map<string, Progress>()
  let inFlight = new Map<string, Progress>()
  let isWriting = false
  let isClosed = false

  /** The reports to write again: not those that failed because of their own data. */
  const send = async (reports: Map<string, Progress>): Promise<Map<string, Progress>> => {
    try {
      await pool.query(query, toValues(reports))
      return new Map()
    } catch (error) {
      logger.warn({ err: error }, 'progress could not be written')
      if (mayPass(error)) return reports
      // The data of one run does not affect the others.
      if (reports.size > 1) for (const one of reports) await send(new Map([one]))
      return new Map()
    }
  }
  const write = async (): Promise<void> => {
    isWriting = true
    while (dirty.size > 0 && !isClosed) {
      inFlight = dirty
      dirty = new Map()
      const left = await send(inFlight)
      dirty = new Map([...left, ...dirty])
      inFlight = new Map()
      await wait(left.size > 0 ? writeAgainMs : intervalMs)
    }
    isWriting = false
  }

  const failed = (error: unknown): void => {
    isWriting = false
    logger.error({ err: error }, 'progress could not be written; the next report tries again')
  }

  return {
    report(runId, progress) {
      dirty.set(runId, progress)
      if (!isWriting && !isClosed) write().catch(failed)
    },
    take(runId) {
      const progress = dirty.get(runId) ?? inFlight.get(runId)
      dirty.delete(runId)
      return progress
    },
    close() {
      isClosed = true
    },
  }
}

function toValues(reports: Map<string, Progress>): unknown[] {
  const progress = [...reports.values()]
  return [
    [...reports.keys()],
    progress.map(({ attempt }) => attempt),
    progress.map(({ percent }) => percent),
    progress.map(({ message }) => message),
    progress.map(({ done }) => done),
    progress.map(({ total }) => total),
    progress.map(({ unit }) => unit),
  ]
}
