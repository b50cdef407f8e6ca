import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isDataFault, isPoolClosed } from './failures.ts'

/**
 * How long to wait before a write is tried again: twice as long each time, up to the second, in
 * milliseconds.
 */
const [firstMs, longestMs] = [100, 2_000]

/** Whether a failed write may succeed when it is tried again. */
export function mayPass(error: unknown): boolean {
  return !isDataFault(error) && !isPoolClosed(error)
}

/**
 * Repeats a write until the database takes it. The work behind it is done already, so a database
 * that refuses for a moment (a restart, a lock, a failover, a full disk) must not lose its end. A
 * write may be made twice, since an answer can be lost after its commit: make it one that changes
 * nothing the second time.
 *
 * Rejects with an error that would come again, such as a value that PostgreSQL cannot hold, and
 * after the end of the pool.
 *
 * @param mayRetry whether to try again after an error; {@link mayPass} unless said otherwise
 * @param pause waits this many milliseconds
 */
export async function untilWritten<T>(
  logger: Logger,
  write: () => Promise<T>,
  mayRetry: (error: unknown) => boolean = mayPass,
  pause: (ms: number) => Promise<unknown> = wait,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await write()
    } catch (error) {
      if (!mayRetry(error)) throw error
      const waitMs = Math.min(longestMs, firstMs * 2 ** attempt)
      logger.warn({ err: error, waitMs }, 'the database refused a write; trying again')
      await pause(waitMs)
    }
  }
}
