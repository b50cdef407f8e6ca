import pg from 'pg'
import type { Logger } from 'pino'

/** Whatever statements can be sent to: a pool, or the connection of a transaction. */
export type Database = Pick<pg.Pool | pg.PoolClient, 'query'>

/** State changes are always durable, progress need not survive a crash, and queries keep neither waiting. */
export interface Pools {
  durable: pg.Pool
  progress: pg.Pool
  /** For queries and mutations. Its connections are made when they are needed. */
  queries: pg.Pool
  close(): Promise<void>
}

/** How many queries may run at the same time, and how many mutations beside them. */
export const queryConnections = 6
const mutationConnections = 4

/** How long a connection may take before the database counts as away: a host that is gone never refuses one. */
export const connectionTimeoutMillis = 15_000

/**
 * A pool on a database. A lost connection is logged and replaced; it ends no process, not even one that is lost in the
 * moment between the pool, which stops listening to it, and its borrower, whose next statement fails then.
 */
export function openPool(database: string, logger: Logger, options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: database,
    keepAlive: true,
    connectionTimeoutMillis,
    ...options,
  })
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('error', (error) => {
    logger.warn({ err: withoutClient(error) }, 'a database connection was lost')
  })
  return pool
}

/** The pools of a gateway or a worker on its database. */
export function createPools(database: string, logger: Logger): Pools {
  const open = (options: pg.PoolConfig): pg.Pool => openPool(database, logger, options)
  const durable = open({ max: 8 })
  // [PostgreSQL docs, synchronous_commit] off: the commit returns before its WAL is flushed; a crash
  // may lose the last commits, never leave them half done.
  const progress = open({ max: 1, options: '-c synchronous_commit=off' })
  const queries = open({ max: queryConnections + mutationConnections })
  return {
    durable,
    progress,
    queries,
    async close() {
      await Promise.all([durable.end(), progress.end(), queries.end()])
    },
  }
}

/** An error for a log: `pg` hangs the whole connection on it, pages of it, and what it cancels queries with. */
export function withoutClient(error: Error): Error {
  Reflect.deleteProperty(error, 'client')
  return error
}

/** Whether an error says that a statement took longer than it may. */
export function isTooLate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014'
}

/**
 * Whether an error says that the database cannot be reached now, as against having refused what it
 * was asked. @see https://www.postgresql.org/docs/current/errcodes-appendix.html classes 08, 53, 57
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  if (/^(08|53|57P)/.test(code)) return true
  if (/^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOST)/.test(code)) return true
  // `pg` has no code for these.
  return /Connection terminated|timeout exceeded when trying to connect|not queryable/i.test(
    error.message,
  )
}
