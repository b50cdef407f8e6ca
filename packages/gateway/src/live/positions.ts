import type { Logger } from 'pino'
import { inBackground } from '../handled.ts'
import type { Run } from '../runs/run-store.ts'
import { within } from '../within.ts'

/** A run that waits in a queue. */
type WaitingRun = Run & { engine: string; queue: string; taskId: string }

/**
 * Reads the places of tasks in a queue, by their ids; those without a known place are missing.
 */
export type ReadPositions = (
  place: { engine: string; queue: string },
  taskIds: readonly string[],
) => Promise<ReadonlyMap<string, number>>

/** The places of watched runs in their queues. */
export interface Positions {
  /** The run with its place, as far as that is known. A waiting one is followed from now on. */
  follow(run: Run): Run
  /** The run with its place, as far as that is known. */
  place(run: Run): Run
  close(): void
}

/** What the places of runs need. */
export interface PositionTools {
  read: ReadPositions
  /** Someone wants the place of this run. */
  isWanted(runId: string): boolean
  /** The run has another place, and is as it was otherwise. */
  moved(run: Run): void
  logger: Logger
}

/** The least time between two reads of a queue, in milliseconds. */
const everyMs = 1_000

/** The maximum time of a read of a queue, in milliseconds. */
const readMs = 10_000

/**
 * Places that are read once a second, in one read of each queue, however many runs are watched.
 * They are kept here alone: nothing is read while no waiting run is watched.
 */
export function createPositions({ read, isWanted, moved, logger }: PositionTools): Positions {
  const waiting = new Map<string, WaitingRun>()
  /** The queues that are being read. */
  const reading = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let readAtMs = Number.NEGATIVE_INFINITY

  const readSoon = (): void => {
    if (timer) return
    const waitMs = Math.max(0, readAtMs + everyMs - performance.now())
    timer = setTimeout(readAll, waitMs).unref()
  }
  const readAll = (): void => {
    timer = undefined
    readAtMs = performance.now()
    for (const id of waiting.keys()) if (!isWanted(id)) waiting.delete(id)
    const queues = new Map<string, WaitingRun[]>()
    for (const run of waiting.values()) {
      const key = `${run.engine} ${run.queue}`
      const runs = queues.get(key)
      if (runs) runs.push(run)
      else queues.set(key, [run])
    }
    for (const [key, runs] of queues) if (!reading.has(key)) readSafely(key, runs)
    if (waiting.size > 0) readSoon()
  }
  /** No queue waits for another, and none is read twice at a time. */
  const readSafely = (key: string, runs: readonly WaitingRun[]): void => {
    reading.add(key)
    const read = readQueue(runs).finally(() => reading.delete(key))
    inBackground(read, logger, 'places in a queue are not read')
  }
  const readQueue = async (runs: readonly WaitingRun[]): Promise<void> => {
    const [first] = runs
    if (!first) return
    const ids = runs.map(({ taskId }) => taskId)
    const found = await within(readMs, read(first, ids), 'the queue').catch((error: unknown) => {
      logger.debug({ err: error, queue: first.queue }, 'places in a queue could not be read')
      return null
    })
    for (const run of found ? runs : []) {
      const position = found?.get(run.taskId) ?? null
      // It has changed meanwhile, or is where it was.
      if (waiting.get(run.id) !== run || (run.position ?? null) === position) continue
      const next = { ...run, position }
      waiting.set(run.id, next)
      moved(next)
    }
  }
  const place = (run: Run): Run => {
    const known = waiting.get(run.id)
    if (!known || !isWaiting(run) || known.position === undefined) return run
    return { ...run, position: known.position }
  }
  return {
    place,
    follow(run) {
      if (!isWaiting(run)) {
        waiting.delete(run.id)
        return run
      }
      const placed = place(run) as WaitingRun
      waiting.set(run.id, placed)
      readSoon()
      return placed
    },
    close() {
      waiting.clear()
      clearTimeout(timer)
    },
  }
}

/** A worker has to take it from a queue. */
function isWaiting(run: Run): run is WaitingRun {
  const { kind, status, engine, queue, taskId } = run
  const isIn = kind === 'job' && (status === 'pending' || status === 'retry')
  return isIn && engine !== undefined && !!queue && !!taskId
}
