import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { ConfigurationError } from '../errors.ts'
import { type Blocker, describeBlocker, endOf, findMigrating, sayingBlockers } from './blockers.ts'
import { openPool } from './pools.ts'

/** The interval at which a waiting process tries to get the lock, in milliseconds. */
const pollMs = 100

/** The limits of a wait. */
export interface Patience {
  /** The interval at which the log names the sessions in the way, in milliseconds. */
  warnEveryMs: number
  /** After how long a process that waits for its turn gives up, in milliseconds. */
  giveUpMs: number
}

/** An index of a large table may take minutes. */
const patient: Patience = { warnEveryMs: 30_000, giveUpMs: 600_000 }

/**
 * Begins a transaction that may be idle while `work` runs: PostgreSQL 17 has two time-outs for
 * that. In one request, since the first of them may be shorter than the way to the database and
 * back. A higher level would keep a snapshot, which indexes that are made CONCURRENTLY wait for.
 */
const begin = `
  begin isolation level read committed;
  select set_config(name, '0', true) from pg_settings
   where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')`

/**
 * Does `work` while no other process on this database does: one process at a time creates tables,
 * ours and those of the engines. The lock belongs to a transaction on a connection of its own, so
 * it also works behind a pooler, and ends with its process. Rejects with the error of `work`, and
 * with a {@link ConfigurationError} that names the session which has had the lock for too long: any
 * role that may connect can take it.
 *
 * A waiting process polls instead of waiting inside a statement: DBOS creates indexes CONCURRENTLY,
 * which waits for all running statements, so both would wait for ever.
 *
 * @see https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
export async function alone<T>(
  database: string,
  logger: Logger,
  work: () => Promise<T>,
  patience: Patience = patient,
): Promise<T> {
  // One connection has the lock, the other one looks for waiting sessions: a snapshot in the first
  // one's transaction would hold up indexes that are created CONCURRENTLY.
  const pool = openPool(database, logger, {
    max: 2,
    isPooled: true,
    applicationName: 'headway:migration',
  })
  try {
    const client = await pool.connect()
    try {
      let waiting: Waiting | undefined
      for (;;) {
        let holder: Blocker | null = null
        await client.query(begin)
        const { rows } = await client.query<{ isOurs: boolean }>(
          `select pg_try_advisory_xact_lock(hashtext('headway.migration')) as "isOurs"`,
        )
        try {
          if (rows[0]?.isOurs) return await sayingBlockers(pool, logger, patience.warnEveryMs, work)
          holder = await findMigrating(client)
        } finally {
          // A lost connection no longer holds the lock.
          await client.query('rollback').catch(() => undefined)
        }
        waiting ??= beginWaiting(logger, patience)
        if (holder) waiting.for(holder)
        await wait(pollMs * (1 + Math.random()))
      }
    } finally {
      client.release(true)
    }
  } finally {
    await pool.end()
  }
}

/** A process that waits for its turn. */
interface Waiting {
  /** Logs the session in the way at intervals. Throws after too long a wait. */
  for(holder: Blocker): void
}

function beginWaiting(logger: Logger, { warnEveryMs, giveUpMs }: Patience): Waiting {
  const begunAt = performance.now()
  let warnings = 0
  logger.info('another process creates tables: this one waits for it')
  return {
    for(holder) {
      const waitedMs = performance.now() - begunAt
      const hasLock = `${describeBlocker(holder)} has the lock`
      if (waitedMs >= giveUpMs) {
        throw new ConfigurationError(
          `The tables of Headway are missing or too old, and this process has waited ${giveUpMs / 1_000} s for its turn to make them: ${hasLock}. If a Headway process makes tables there, start this one again later; if not, end it with "${endOf(holder)}"`,
        )
      }
      if (waitedMs < (warnings + 1) * warnEveryMs) return
      warnings += 1
      logger.warn(`this process waits for its turn to create tables: ${hasLock}`)
    },
  }
}
