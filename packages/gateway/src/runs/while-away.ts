import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isDatabaseAway } from '../postgres/pools.ts'

/**
 * Tries until the database is back: what a job has done must not be lost to a restart of PostgreSQL.
 * A write may be made twice, since an answer can be lost after its commit. Rejects with what the
 * database refuses.
 */
export async function whileAway<T>(logger: Logger, write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
      logger.warn({ err: error }, 'the database is away; trying again')
      await wait(Math.min(2_000, 100 * 2 ** attempt))
    }
  }
}
