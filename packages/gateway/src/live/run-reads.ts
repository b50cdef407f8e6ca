import type { Logger } from 'pino'
import type { Run, RunStore } from '../runs/run-store.ts'

/** Reads runs that have changed. */
export interface RunReads {
  /** These runs may have changed: the watched ones are read again. */
  changed(runIds: Iterable<string>): void
  /** Resolves when these runs were read, and what had changed was sent. */
  untilRead(runIds: Iterable<string>): Promise<void>
  close(): void
}

/** The reads of runs. A store that never omits outputs needs no `complete`. */
export type LiveRunStore = Pick<RunStore, 'read'> & Partial<RunStore>

/** What the reads of runs need. */
export interface RunReadTools {
  store: LiveRunStore
  isWatched(runId: string): boolean
  /** Pushes a run that was read. */
  deliver(run: Run): void
  /** These were to be read, and these are there. */
  sayMissing(runIds: readonly string[], found: readonly Run[]): void
  /** Resolves when everything that was delivered is sent. */
  untilSent(): Promise<unknown>
  logger: Logger
}

/** The wait before a failed read is repeated, in milliseconds. */
const readAgainMs = 500

/** Collects the ids of one turn and reads them in one query. A failed read is repeated. */
export function createRunReads(tools: RunReadTools): RunReads {
  const { store, isWatched, deliver, sayMissing, untilSent, logger } = tools
  const dirty = new Set<string>()
  /** Called when the runs that are dirty now have been read. */
  let whenRead: (() => void)[] = []
  let isReading = false
  let isClosed = false

  const changed = (runIds: Iterable<string>): void => {
    for (const runId of runIds) if (isWatched(runId)) dirty.add(runId)
    if (isReading || dirty.size === 0) return
    isReading = true
    setImmediate(readSafely)
  }
  const read = async (): Promise<void> => {
    if (isClosed) return
    const runIds = [...dirty]
    const waiting = whenRead
    dirty.clear()
    whenRead = []
    try {
      const runs = await store.read(runIds)
      const large: string[] = []
      for (const run of runs) {
        if (run.isLarge) large.push(run.id)
        else deliverSafely(run)
      }
      for (const id of large) await deliverWhole(id)
      sayMissing(runIds, runs)
      resolveReads(waiting)
      isReading = false
      changed(dirty)
      if (!isReading) resolveReads(whenRead.splice(0))
    } catch (error) {
      if (isClosed) return
      logger.warn({ err: error }, 'changed runs could not be read; reading them again')
      for (const runId of runIds) dirty.add(runId)
      whenRead.push(...waiting)
      setTimeout(readSafely, readAgainMs).unref()
    }
  }
  const readSafely = (): void => {
    read().catch((error: unknown) => {
      isReading = false
      logger.error({ err: error }, 'changed runs could not be read')
    })
  }
  const resolveReads = (waiting: (() => void)[]): void => {
    if (waiting.length === 0) return
    const resolveAll = (): void => {
      for (const resolve of waiting) resolve()
    }
    untilSent().then(resolveAll, resolveAll)
  }
  /** One by one: together they could be more than the process has room for. */
  const deliverWhole = async (id: string): Promise<void> => {
    const run = isWatched(id) && (await store.complete?.(id))
    if (run) deliverSafely(run)
  }
  /** A failure with one run must not hold up the others. */
  const deliverSafely = (run: Run): void => {
    try {
      deliver(run)
    } catch (error) {
      logger.error({ err: error, runId: run.id }, 'a change could not be pushed')
    }
  }
  return {
    changed,
    untilRead: (runIds) =>
      new Promise((resolve) => {
        whenRead.push(resolve)
        changed(runIds)
        // There is nothing to read.
        if (!isReading) resolveReads(whenRead.splice(0))
      }),
    close() {
      isClosed = true
    },
  }
}
