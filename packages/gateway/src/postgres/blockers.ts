import type { Logger } from 'pino'
import { inBackground } from '../handled.ts'
import { sql } from '../sql.ts'
import type { Database } from './pools.ts'

/** A session of PostgreSQL that others wait for. */
export interface Blocker {
  /** 0: a prepared transaction has the lock. It needs no session. */
  pid: number
  /** Its role. Null without one, as for PostgreSQL's own processes. */
  user: string | null
  application: string | null
}

/** The session that has the lock for making tables; `null` when it was just given back. */
export async function findMigrating(database: Database): Promise<Blocker | null> {
  const { rows } = await database.query<Blocker>(sql('postgres/sql/migrating'))
  return rows[0] ?? null
}

/** A session in words. It has chosen its application name itself. */
export function describeBlocker({ pid, user, application }: Blocker): string {
  if (pid === 0) return 'a prepared transaction (one of pg_prepared_xacts)'
  return `process ${pid} of PostgreSQL (user ${JSON.stringify(user)}, application ${JSON.stringify(application)})`
}

/** The statement that ends it. */
export function endOf({ pid }: Blocker): string {
  return pid === 0 ? "rollback prepared '<its gid>'" : `select pg_terminate_backend(${pid})`
}

/**
 * Does `work`, and logs the sessions of this role that wait for others during it: an engine that
 * creates its tables waits for locks silently.
 *
 * @param everyMs the interval of the check, and the time that a session must have waited
 */
export async function sayingBlockers<T>(
  database: Database,
  logger: Logger,
  everyMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const say = async (): Promise<void> => {
    const found = await database.query<Blocker & { waiting: number }>(sql('postgres/sql/blocked'), [
      everyMs,
    ])
    for (const { waiting, ...blocker } of found.rows) {
      logger.warn(
        `while tables are created, process ${waiting} of PostgreSQL waits for a lock of ` +
          describeBlocker(blocker),
      )
    }
  }
  const timer = setInterval(() => {
    inBackground(say(), logger, 'sessions that wait for locks could not be read')
  }, everyMs)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
