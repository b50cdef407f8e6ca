import type { Logger } from 'pino'
import { inBackground } from '../handled.ts'
import type { Todo } from './tend-children.ts'

/** Adds up the children of runs, and ends runs with their children. */
export interface Families {
  /** Counts from now on; changes from before are not lost. */
  open(): void
  /** Something has changed below this run. */
  changed(runId: string): void
  /** Anything may have changed: what was left undone is done. */
  allChanged(): void
  close(): void
}

/** What adding up needs. */
export interface FamilyTools {
  /**
   * Adds up what has changed below a run. `busy`: another gateway does it now. `stop`, `retry`: all
   * its children are to be cancelled, or run again.
   */
  count(runId: string): Promise<Todo | 'busy' | null>
  /**
   * Cancels or retries all children of a run. Resolves with false if the gateways of another queue
   * go on with it.
   */
  tend(runId: string, todo: Todo): Promise<boolean>
  /** The runs that were left undone. */
  readUndone(): Promise<string[]>
  logger: Logger
}

/**
 * The least time between two counts of a family, the same after a failure, and the time after which
 * all are looked for that were left, in milliseconds.
 */
const [everyMs, againMs, lookMs] = [100, 2_000, 30_000]

/** The number of families that are counted at the same time, and that wait at most. */
const [atOnce, mostWaiting] = [4, 20_000]

/**
 * A family is counted a few times a second, however many of its children change. All gateways hear
 * of each change, and whoever comes first counts.
 */
export function createFamilies({ count, tend, readUndone, logger }: FamilyTools): Families {
  const changed = new Set<string>()
  const tended = new Set<string>()
  /** Those that could not be counted. */
  const failed = new Set<string>()
  let again: NodeJS.Timeout | undefined
  let timer: NodeJS.Timeout | undefined
  let isCounting = false
  let isOpen = false

  const countSoon = (): void => {
    if (timer || isCounting || !isOpen || changed.size === 0) return
    timer = setTimeout(() => inBackground(countAll(), logger, countFailed), everyMs).unref()
  }
  const countAll = async (): Promise<void> => {
    timer = undefined
    isCounting = true
    const ids = [...changed]
    changed.clear()
    const next = async (): Promise<void> => {
      for (let id = ids.pop(); id !== undefined && isOpen; id = ids.pop()) await countOne(id)
    }
    await Promise.all(Array.from({ length: atOnce }, next))
    isCounting = false
    countSoon()
  }
  const countOne = async (id: string): Promise<void> => {
    try {
      const todo = await count(id)
      if (todo === 'busy') changed.add(id)
      else if (todo) tendSafely(id, todo)
    } catch (error) {
      if (isOpen) countLater(id, error)
    }
  }
  /** Not at once: the database may be away, and the log need not say so for each family. */
  const countLater = (id: string, error: unknown): void => {
    failed.add(id)
    if (again) return
    logger.warn({ err: error, runId: id }, countFailed)
    again = setTimeout(() => {
      again = undefined
      for (const one of failed) note(one)
      failed.clear()
    }, againMs).unref()
  }
  /** In the background: the children of one run do not hold up the counting. */
  const tendSafely = (id: string, todo: Todo): void => {
    if (tended.has(id)) return
    tended.add(id)
    const tending = tend(id, todo)
      // What came meanwhile was not begun. After a failure it is looked for later.
      .finally(() => tended.delete(id))
      .then((isDone) => {
        if (isDone) note(id)
      })
    inBackground(tending, logger, 'children of a run could not be cancelled or retried')
  }
  const note = (runId: string): void => {
    // Anybody may notify. What does not wait is looked for later.
    if (changed.size < mostWaiting) changed.add(runId)
    countSoon()
  }
  const look = async (): Promise<void> => {
    for (const id of await readUndone()) note(id)
  }
  const lookSafely = (): void => inBackground(look(), logger, countFailed)
  let looking: NodeJS.Timeout | undefined
  return {
    open() {
      isOpen = true
      looking = setInterval(lookSafely, lookMs).unref()
      lookSafely()
      countSoon()
    },
    changed: note,
    allChanged() {
      if (isOpen) lookSafely()
    },
    close() {
      isOpen = false
      clearTimeout(timer)
      clearTimeout(again)
      clearInterval(looking)
    },
  }
}

const countFailed = 'children of a run could not be counted; counting them again'
