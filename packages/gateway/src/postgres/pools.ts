import pg from 'pg'
import type { Logger } from 'pino'
import { endWhenSilent } from './silence.ts'

/** Whatever statements can be sent to: a pool, or the connection of a transaction. */
export type Database = Pick<pg.Pool | pg.PoolClient, 'query'>

/**
 * State changes are always durable, progress may be lost in a crash, and queries hold up neither.
 */
export interface Pools {
  durable: pg.Pool
  progress: pg.Pool
  /** For queries and mutations. Its connections are made when they are needed. */
  queries: pg.Pool
  close(): Promise<void>
}

/** The number of queries that may run at the same time, and of mutations beside them. */
export const queryConnections = 6
const mutationConnections = 4

/**
 * The time after which a connection that is not made counts as refused, in milliseconds: a host
 * that is gone never refuses one.
 */
export const connectionTimeoutMillis = 15_000

/**
 * The time until an unused connection is closed, in milliseconds: longer than the intervals at
 * which an idle process asks, which would otherwise connect anew each time.
 */
export const idleTimeoutMillis = 30_000

/**
 * The time that a transaction may wait for its next statement, in milliseconds: then PostgreSQL
 * ends it and releases its locks.
 */
export const idleInTransactionMs = 60_000

/**
 * The settings of each connection, instead of those of the role or the database: `serializable`
 * would refuse one of two writers, and a time-out of a second would refuse a write that waits for a
 * lock. They are statements, since poolers take no start-up parameters.
 */
export const sessionSettings: string = [
  "set default_transaction_isolation = 'read committed'",
  'set statement_timeout = 30000',
  'set lock_timeout = 0',
  `set idle_in_transaction_session_timeout = ${idleInTransactionMs}`,
].join('; ')

/** The time that a connection may be silent beyond the limit of its statements, in milliseconds. */
const silenceMs = 5_000

/** The options of a pool. */
export interface PoolOptions {
  /** The maximum number of connections. */
  max: number
  /**
   * Behind a pooler that lends a connection for one transaction: settings on it would reach other
   * clients.
   */
  isPooled: boolean
  /** The maximum time of a statement, in milliseconds. Default 30,000. */
  statementMs?: number
  /** The name of its sessions in `pg_stat_activity`, unless the connection string has one. */
  applicationName?: string
}

/**
 * A pool on a database. A lost connection is logged and replaced, and ends no process. One that is
 * lost in the moment in which the pool hands it over fails the borrower's next statement.
 */
export function openPool(
  database: string,
  logger: Logger,
  { isPooled, max, statementMs = 30_000, applicationName }: PoolOptions,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: database,
    keepAlive: true,
    connectionTimeoutMillis,
    idleTimeoutMillis,
    max,
    ...(applicationName && { application_name: applicationName }),
    // The pool waits for it before it lends the connection.
    ...(!isPooled && { onConnect: (client: pg.ClientBase) => client.query(sessionSettings) }),
  })
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    endWhenSilent(client, statementMs + silenceMs)
  })
  pool.on('error', (error) => {
    // `end()` resolves before its connections are closed: a server that stops then takes nothing
    // away.
    if (pool.ending) return
    logger.warn({ err: withoutClient(error) }, 'a database connection was lost')
  })
  return pool
}

/** The pools of a gateway or a worker on its database. */
export function createPools(
  database: string,
  logger: Logger,
  isPooled = false,
  queryTimeoutSecs = 30,
): Pools {
  const open = (max: number, statementMs?: number): pg.Pool =>
    openPool(database, logger, { max, isPooled, ...(statementMs && { statementMs }) })
  const durable = open(8)
  const progress = open(1)
  const queries = open(queryConnections + mutationConnections, queryTimeoutSecs * 1_000)
  return {
    durable,
    progress,
    queries,
    async close() {
      await Promise.all([durable.end(), progress.end(), queries.end()])
    },
  }
}

/**
 * An error for the log: `pg` attaches the whole connection to it, with pages of text and the key
 * that cancels queries.
 */
export function withoutClient(error: Error): Error {
  Reflect.deleteProperty(error, 'client')
  return error
}
