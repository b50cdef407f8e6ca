import type { Logger } from 'pino'
import { inBackground } from '../handled.ts'
import { start } from './follow-queue.ts'
import type { FollowedQueue } from './following.ts'
import type { HeldQueue, ObservedStore } from './observed-store.ts'
import type { QueueReader } from './queue-reader.ts'
import { readQueues } from './read-queues.ts'

/** The parts of an observer. */
export interface Observing {
  reader: QueueReader
  store: ObservedStore
  /** The queue is to be observed. */
  isWanted(name: string): boolean
  /** Names that are observed even before they are found. */
  named: readonly string[]
  /** There are others to find. */
  isFinding: boolean
  /** The queue's name in runs. */
  toQueue(name: string): string
  /** The name of a queue in runs; `null`: it has another prefix. */
  toName(queue: string): string | null
  follow(name: string, held: HeldQueue): FollowedQueue
  logger: Logger
}

/** The times of an observer, in milliseconds. */
export interface ObserverTimes {
  /** A queue whose observer has given no sign of life for so long is taken by another one. */
  leaseMs: number
  renewMs: number
  /** The interval at which runs without news are compared with their queue. */
  sweepMs: number
}

/** The times of every observer. */
const observerTimes: ObserverTimes = {
  leaseMs: 6_000,
  renewMs: 2_000,
  sweepMs: 30_000,
}

/** The interval at which new queues are looked for when something is missing, in milliseconds. */
const lookMs = 250

/** Queues that are observed, until `close`. */
export interface Observer {
  /** Looks for new queues at once, unless it has just done so. */
  look(): void
  close(): Promise<void>
}

/** Observes queues until it is closed: those that no other observer holds. */
export function startObserving(
  { reader, store, isWanted, named, isFinding, toQueue, toName, follow, logger }: Observing,
  { leaseMs, renewMs, sweepMs }: ObserverTimes = observerTimes,
): Observer {
  /** The queues that it holds, by their names. */
  const followed = new Map<string, FollowedQueue>()
  let names: readonly string[] = named
  let isClosed = false
  let [findAtMs, lookAtMs] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]

  /** Resolves with whether there are new ones. */
  const find = async (): Promise<boolean> => {
    if (!isFinding || performance.now() < findAtMs) return false
    const startedMs = performance.now()
    const found = await reader.names()
    // One that is gone may have runs without an end.
    const gone = (await store.queues()).flatMap((queue) => toName(queue) ?? [])
    const before = new Set(names)
    names = [...new Set([...named, ...[...found, ...gone].filter(isWanted)])]
    // It looks through all keys of Redis: where that takes long, it is done less often.
    const tookMs = performance.now() - startedMs
    findAtMs = performance.now() + Math.min(sweepMs, 50 * tookMs)
    return names.some((name) => !before.has(name))
  }
  const hold = async (): Promise<void> => {
    if (names.length === 0 || isClosed) return
    const nameOf = new Map(names.map((name) => [toQueue(name), name]))
    const places = new Map([...followed].map(([name, one]) => [name, one.place()]))
    const held = await store.hold([...nameOf.keys()], leaseMs)
    const heldOf = new Map(held.map((one) => [nameOf.get(one.queue) ?? '', one]))
    for (const [name, one] of followed) {
      const now = heldOf.get(name)
      // A failover may have taken the database back to an earlier cursor, and rows with it.
      const isBack = one.place() === places.get(name) && one.place() !== (now?.cursor ?? start)
      if (one.isLost() || now?.term !== one.term || isBack) followed.delete(name)
    }
    const before = followed.size
    for (const [name, one] of heldOf) {
      if (!followed.has(name)) followed.set(name, follow(name, one))
    }
    if (followed.size > before) reader.wake()
  }
  let [isHolding, isDue] = [false, false]
  const holdSafely = async (): Promise<void> => {
    if (isHolding || isClosed) return
    isHolding = true
    try {
      const hasNew = await find()
      if (hasNew || isDue) {
        isDue = false
        await hold()
      }
    } catch (error) {
      if (!isClosed)
        logger.warn({ err: error }, 'the leases of observed queues could not be renewed')
    }
    isHolding = false
  }
  const holdAgain = (): void => inBackground(holdSafely(), logger, 'a lease could not be renewed')
  const renew = (): void => {
    isDue = true
    holdAgain()
  }
  renew()
  const timer = setInterval(renew, renewMs).unref()
  const reading = readQueues(followed, reader, sweepMs, logger)
  return {
    look() {
      if (isHolding || performance.now() < lookAtMs) return
      lookAtMs = performance.now() + lookMs
      holdAgain()
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      await reading.close()
      await store.leave().catch((error: unknown) => {
        logger.warn({ err: error }, 'the leases of observed queues could not be given back')
      })
    },
  }
}
