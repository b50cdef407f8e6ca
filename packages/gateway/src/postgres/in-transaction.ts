import type pg from 'pg'
import { quieten } from '../describe-error.ts'

/** What kind of transaction it is. */
export interface TransactionOptions {
  /** One that changes nothing, and sees one state of the database throughout. */
  isReadOnly: boolean
  /** How long each statement may take, in seconds. */
  timeoutSecs: number
}

/** Does something in a transaction of its own: what it throws, and what a read-only one did, is rolled back. */
export async function inTransaction<T>(
  pool: pg.Pool,
  { isReadOnly, timeoutSecs }: TransactionOptions,
  work: (client: pg.PoolClient) => Promise<T>,
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
      isReadOnly ? 'begin transaction isolation level repeatable read, read only' : 'begin',
    )
    await client.query(`set local statement_timeout = ${Math.ceil(timeoutSecs * 1_000)}`)
    const result = await work(client)
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
