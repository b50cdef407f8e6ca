import type pg from 'pg'
import { quieten } from '../describe-error.ts'
import { sql } from '../sql.ts'

/** What kind of transaction it is. */
export interface TransactionOptions {
  /** One that changes nothing, and sees one state of the database throughout. */
  isReadOnly: boolean
  /** How long each statement may take, in seconds. */
  timeoutSecs: number
}

/**
 * Does `work` in a transaction of its own. It is rolled back when `work` throws, and when it is
 * read-only.
 *
 * @param work is given the connection, and how many transactions had ended before it. Of two
 *   read-only ones, the one that sees the newer state of the database has the higher number,
 *   whichever processes they are in.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  { isReadOnly, timeoutSecs }: TransactionOptions,
  work: (client: pg.PoolClient, ended: number) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  // A connection that is lost between two statements says so to nobody else.
  const lost = (error: Error): void => {
    broken = error
  }
  client.on('error', lost)
  try {
    await client.query(
      isReadOnly
        ? 'begin transaction isolation level repeatable read, read only'
        : 'begin transaction isolation level read committed, read write',
    )
    const { rows } = await client.query<{ ended: number }>(sql('postgres/sql/enter'), [
      String(Math.ceil(timeoutSecs * 1_000)),
    ])
    const result = await work(client, rows[0]?.ended ?? 0)
    if (broken) throw broken
    await client.query('commit')
    return result
  } catch (error) {
    quieten(error)
    await client.query('rollback').catch(lost)
    throw error
  } finally {
    client.off('error', lost)
    client.release(broken)
  }
}
