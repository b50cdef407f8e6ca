import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { inBackground } from '../handled.ts'
import { start } from './follow-queue.ts'
import type { FollowedQueue } from './following.ts'
import type { HeldQueue, ObservedStore } from './observed-store.ts'
import type { QueueReader } from './queue-reader.ts'

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

/** The longest wait for events, and the wait after a failure, in milliseconds. */
const [waitMs, againMs] = [1_000, 500]

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
  const followed = new Map<string, FollowedQueue>()
  let names: readonly string[] = named
  let isClosed = false
  let [findAtMs, lookAtMs] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let sweptAt = performance.now()

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
    const places = new Map([...followed].map(([queue, one]) => [queue, one.place()]))
    const held = await store.hold([...nameOf.keys()], leaseMs)
    const heldOf = new Map(held.map((one) => [one.queue, one]))
    for (const [queue, one] of followed) {
      const now = heldOf.get(queue)
      // A failover may have taken the database back to an earlier cursor, and rows with it.
      const isBack = one.place() === places.get(queue) && one.place() !== (now?.cursor ?? start)
      if (one.isLost() || now?.term !== one.term || isBack) followed.delete(queue)
    }
    const before = followed.size
    for (const one of held) {
      const name = nameOf.get(one.queue)
      if (name !== undefined && !followed.has(one.queue)) followed.set(one.queue, follow(name, one))
    }
    if (followed.size > before) reader.wake()
  }
  /** Queues whose last read failed rest until then, and hold up no other. */
  const resting = new Map<FollowedQueue, number>()
  const awake = (queues: Iterable<FollowedQueue> = followed.values()): FollowedQueue[] =>
    [...queues].filter((one) => (resting.get(one) ?? 0) <= performance.now())
  const each = async (
    queues: readonly FollowedQueue[],
    read: (one: FollowedQueue) => Promise<void>,
  ): Promise<void> => {
    const outcomes = await Promise.allSettled(queues.map(read))
    const failures = outcomes.flatMap((outcome) => ('reason' in outcome ? [outcome.reason] : []))
    for (const [index, { status }] of outcomes.entries()) {
      const one = queues[index]
      if (one && status === 'fulfilled') resting.delete(one)
      else if (one) resting.set(one, performance.now() + againMs)
    }
    if (failures.length === 0 || isClosed) return
    const found = { err: failures[0], queues: failures.length }
    logger.warn(found, 'observed queues could not be read; reading them again')
  }
  const advance = (queues: readonly FollowedQueue[]): Promise<void> =>
    each(queues, (one) => one.advance())
  let isFailing = false
  /** If the wait fails, all queues may have more: one that cannot be read fails it for all. */
  const untilMore = async (places: ReadonlyMap<string, string>): Promise<string[]> => {
    const leftMs = Math.min(waitMs, ...[...resting.values()].map((ms) => ms - performance.now()))
    try {
      const woken = await reader.untilMore(places, Math.max(1, Math.ceil(leftMs)))
      isFailing = false
      return woken
    } catch (error) {
      if (isClosed) return []
      if (isFailing) {
        logger.warn({ err: error }, 'observed queues could not be waited for; reading them')
        await wait(againMs)
      }
      isFailing = true
      return [...places.keys()]
    }
  }
  const round = async (seen: Set<FollowedQueue>): Promise<void> => {
    const fresh = awake().filter((one) => !seen.has(one))
    await advance(fresh)
    for (const one of awake(fresh)) seen.add(one)
    if (performance.now() - sweptAt >= sweepMs) {
      sweptAt = performance.now()
      // A queue that was obliterated has no stream any more, and no event about it.
      await advance(awake())
      for (const one of awake()) await each([one], () => one.sweep())
    }
    await each(awake(), (one) => one.readLogs())
    // One came while the others were read.
    if (awake().some((one) => !seen.has(one))) return
    const readable = new Set(awake().filter((one) => !one.isLost()))
    const places = new Map(
      names.flatMap((name) => {
        const one = followed.get(toQueue(name))
        return one && readable.has(one) ? [[name, one.place()] as const] : []
      }),
    )
    const woken = await untilMore(places)
    // What happens meanwhile is read together next time: once for several reports of one job.
    await advance(awake(woken.flatMap((name) => followed.get(toQueue(name)) ?? [])))
  }
  const run = async (): Promise<void> => {
    let seen = new Set<FollowedQueue>()
    while (!isClosed) {
      const current = new Set(followed.values())
      seen = new Set([...seen].filter((one) => current.has(one)))
      for (const one of resting.keys()) if (!current.has(one)) resting.delete(one)
      await round(seen)
    }
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
  const running = run()
  return {
    look() {
      if (isHolding || performance.now() < lookAtMs) return
      lookAtMs = performance.now() + lookMs
      holdAgain()
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      await running
      await store.leave().catch((error: unknown) => {
        logger.warn({ err: error }, 'the leases of observed queues could not be given back')
      })
    },
  }
}
