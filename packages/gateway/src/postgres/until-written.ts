import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isDataFault, isPoolClosed } from './failures.ts'

/** The waits before a repeated write, in milliseconds: doubled from the first up to the second. */
const [firstMs, longestMs] = [100, 2_000]

/** A failed write may succeed when it is repeated. */
export function mayPass(error: unknown): boolean {
  return !isDataFault(error) && !isPoolClosed(error)
}

/**
 * Repeats a write until the database takes it. Its work is already done, so a database that refuses
 * for a moment (a restart, a lock, a failover, a full disk) must not lose it. A write may be made
 * twice, since an answer can be lost after its commit: it must be idempotent.
 *
 * Rejects with an error that would come again, such as a value that PostgreSQL cannot hold, and
 * after the end of the pool.
 *
 * @param mayRetry true: the write is repeated after this error. Default: {@link mayPass}
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
