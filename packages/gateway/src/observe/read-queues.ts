import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { FollowedQueue } from './following.ts'
import type { QueueReader } from './queue-reader.ts'

/** The longest wait for events, and the wait after a failure, in milliseconds. */
const [waitMs, againMs] = [1_000, 500]

/**
 * Reads queues until it is closed: a new one at once, then whatever has happened in any of them.
 * One that cannot be read rests for a while, is read again, and holds up no other.
 *
 * @param followed by their names; others may come and go
 * @param sweepMs the interval at which runs without news are compared with their queue
 */
export function readQueues(
  followed: ReadonlyMap<string, FollowedQueue>,
  reader: Pick<QueueReader, 'untilMore'>,
  sweepMs: number,
  logger: Logger,
): { close(): Promise<void> } {
  /** Those whose last read succeeded. */
  const read = new Set<FollowedQueue>()
  /** Those whose last read failed, and until when they rest. */
  const resting = new Map<FollowedQueue, number>()
  let [isClosed, isFailing] = [false, false]
  let sweptAt = performance.now()

  const readable = (): FollowedQueue[] => [...followed.values()].filter((one) => read.has(one))
  const unread = (): FollowedQueue[] =>
    [...followed.values()].filter(
      (one) => !read.has(one) && (resting.get(one) ?? 0) <= performance.now(),
    )
  const each = async (
    queues: readonly FollowedQueue[],
    work: (one: FollowedQueue) => Promise<void>,
  ): Promise<void> => {
    const failures: unknown[] = []
    const attempt = async (one: FollowedQueue): Promise<void> => {
      try {
        await work(one)
        read.add(one)
        resting.delete(one)
      } catch (error) {
        failures.push(error)
        read.delete(one)
        resting.set(one, performance.now() + againMs)
      }
    }
    await Promise.all(queues.map(attempt))
    if (failures.length === 0 || isClosed) return
    const found = { err: failures[0], queues: failures.length }
    logger.warn(found, 'observed queues could not be read; reading them again')
  }
  const advance = (one: FollowedQueue): Promise<void> => one.advance()
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
  const sweep = async (): Promise<void> => {
    sweptAt = performance.now()
    // A queue that was obliterated has no stream any more, and no event about it.
    await each(readable(), advance)
    for (const one of readable()) await each([one], () => one.sweep())
  }
  const forgetOthers = (): void => {
    const current = new Set(followed.values())
    for (const known of [read, resting]) {
      for (const one of known.keys()) if (!current.has(one)) known.delete(one)
    }
  }
  const round = async (): Promise<void> => {
    forgetOthers()
    await each(unread(), advance)
    if (performance.now() - sweptAt >= sweepMs) await sweep()
    await each(readable(), (one) => one.readLogs())
    // One came while the others were read.
    if (unread().length > 0) return
    const isToRead = (one: FollowedQueue | undefined): one is FollowedQueue =>
      one !== undefined && read.has(one) && !one.isLost()
    const waiting = [...followed].filter(([, one]) => isToRead(one))
    const woken = await untilMore(new Map(waiting.map(([name, one]) => [name, one.place()])))
    // What happens meanwhile is read together next time: once for several reports of one job.
    await each(woken.map((name) => followed.get(name)).filter(isToRead), advance)
  }
  const run = async (): Promise<void> => {
    while (!isClosed) await round()
  }
  const running = run()
  return {
    close() {
      isClosed = true
      return running
    },
  }
}
