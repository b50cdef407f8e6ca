import type pg from 'pg'
import { quieten } from '../describe-error.ts'
import { sql } from '../sql.ts'
import { isAnswerLost } from './failures.ts'
import { idleInTransactionMs } from './pools.ts'

/** The kind and limits of a transaction. */
export interface TransactionOptions {
  /** One that changes nothing, and sees one state of the database throughout. */
  isReadOnly: boolean
  /** The maximum time of each statement, in seconds. */
  timeoutSecs: number
}

/** The connection of a transaction, as long as that lasts. */
export type Connection = Pick<pg.PoolClient, 'query'>

/**
 * Does `work` in a transaction of its own. It is rolled back when `work` throws, and when it is
 * read-only. Rejects with {@link CommitLost} when it is unknown if it was committed.
 *
 * @param work gets the connection, and the number of transactions that had ended before it. Of two
 * read-only ones, even in different processes, the one with the higher number sees the newer state.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  { isReadOnly, timeoutSecs }: TransactionOptions,
  work: (client: Connection, ended: number) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  // Without this listener a loss between two statements goes unnoticed; work that hangs sends no
  // statement that would fail.
  let lost = (_: Error): void => undefined
  const untilLost = new Promise<never>((_, reject) => {
    lost = (error) => {
      broken = error
      reject(error)
    }
  })
  untilLost.catch(() => undefined)
  client.on('error', lost)
  const lent = lend(client)
  try {
    await client.query(
      isReadOnly
        ? 'begin transaction isolation level repeatable read, read only'
        : 'begin transaction isolation level read committed, read write',
    )
    const { rows } = await client.query<{ ended: number }>(sql('postgres/sql/enter'), [
      String(Math.ceil(timeoutSecs * 1_000)),
      String(idleInTransactionMs),
    ])
    const result = await Promise.race([work(lent.client, rows[0]?.ended ?? 0), untilLost])
    if (broken) throw broken
    lent.end()
    // [PostgreSQL docs, COMMIT] after a statement that has failed it is a rollback, and no error.
    const { command } = await client.query('commit').catch((error: unknown) => {
      throw isAnswerLost(error) && !isReadOnly ? new CommitLost(error) : error
    })
    if (command !== 'COMMIT' && !isReadOnly) throw new Error(undone)
    return result
  } catch (error) {
    quieten(error)
    lent.end()
    await client.query('rollback').catch(lost)
    throw error
  } finally {
    client.off('error', lost)
    client.release(broken)
  }
}

/** It is unknown if a transaction was committed: its connection was lost before the answer. */
export class CommitLost extends Error {
  override readonly name = 'CommitLost'

  constructor(cause: unknown) {
    super('The connection was lost before the database answered the COMMIT', { cause })
  }
}

const undone =
  'A statement failed and its error was caught: PostgreSQL has rolled back the whole transaction. ' +
  'Throw the error, or use a savepoint'

/** The connection until the end of its transaction: from then on it is others'. */
function lend(client: pg.PoolClient): { client: Connection; end: () => void } {
  let isOver = false
  const query = (...given: unknown[]): unknown => {
    if (isOver) throw new Error('The transaction has ended: await each of its statements')
    return Reflect.apply(client.query, client, given)
  }
  return {
    client: { query: query as Connection['query'] },
    end() {
      isOver = true
    },
  }
}
