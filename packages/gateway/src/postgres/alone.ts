import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { openPool } from './pools.ts'

/** How often a process that waits looks whether it is its turn, in milliseconds. */
const pollMs = 100

/** For this transaction, which is idle while `work` runs. PostgreSQL 17 has two such time-outs. */
const noTimeouts = `
  select set_config(name, '0', true) from pg_settings
   where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')`

/**
 * Does `work` while no other process on this database does: one process at a time makes tables,
 * ours and those of the engines. The lock belongs to a transaction on a connection of its own, so
 * that it holds behind a pooler too, and ends with its process. Rejects with what `work` rejects
 * with.
 *
 * A waiting process asks again and again instead of waiting inside a statement: DBOS makes indexes
 * CONCURRENTLY, which waits for every statement that is under way, and both would wait for ever.
 *
 * @see https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
export async function alone<T>(
  database: string,
  logger: Logger,
  work: () => Promise<T>,
): Promise<T> {
  const pool = openPool(database, logger, { max: 1, isPooled: true })
  try {
    const client = await pool.connect()
    try {
      for (let isFirst = true; ; isFirst = false) {
        // A higher level would keep a snapshot, which indexes that are made CONCURRENTLY wait for.
        await client.query('begin isolation level read committed')
        await client.query(noTimeouts)
        const { rows } = await client.query<{ isOurs: boolean }>(
          `select pg_try_advisory_xact_lock(hashtext('headway.migration')) as "isOurs"`,
        )
        try {
          if (rows[0]?.isOurs) return await work()
        } finally {
          // Lost meanwhile, it holds no lock any more: what was done is done.
          await client.query('rollback').catch(() => undefined)
        }
        if (isFirst) logger.info('another process makes tables: this one waits for it')
        await wait(pollMs * (1 + Math.random()))
      }
    } finally {
      client.release(true)
    }
  } finally {
    await pool.end()
  }
}
