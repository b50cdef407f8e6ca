import type { Logger } from 'pino'
import { inBackground } from '../handled.ts'
import type { Run } from '../runs/run-store.ts'

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

/**
 * Places that are read once a second, in one read of each queue, however many runs are watched. They
 * are kept here alone: nothing is read while no waiting run is watched.
 */
export function createPositions({ read, isWanted, moved, logger }: PositionTools): Positions {
  const waiting = new Map<string, WaitingRun>()
  let timer: NodeJS.Timeout | undefined
  let readAtMs = Number.NEGATIVE_INFINITY

  const readSoon = (): void => {
    if (timer) return
    const waitMs = Math.max(0, readAtMs + everyMs - performance.now())
    timer = setTimeout(readSafely, waitMs).unref()
  }
  const readSafely = (): void => inBackground(readAll(), logger, 'places in queues are not read')
  const readAll = async (): Promise<void> => {
    readAtMs = performance.now()
    for (const id of waiting.keys()) if (!isWanted(id)) waiting.delete(id)
    const queues = new Map<string, WaitingRun[]>()
    for (const run of waiting.values()) {
      const key = `${run.engine} ${run.queue}`
      queues.set(key, [...(queues.get(key) ?? []), run])
    }
    await Promise.all([...queues.values()].map(readQueue))
    timer = undefined
    if (waiting.size > 0) readSoon()
  }
  const readQueue = async (runs: readonly WaitingRun[]): Promise<void> => {
    const [first] = runs
    if (!first) return
    const ids = runs.map(({ taskId }) => taskId)
    const found = await read(first, ids).catch((error: unknown) => {
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
