import type pg from 'pg'
import type { Principal } from '../access/principal.ts'
import type { AnyQuery } from '../app/query.ts'
import { type OwnQuery, ownMark } from '../lists/runs-query.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import { toAnswer } from '../runs/output.ts'
import { toSql } from './to-sql.ts'
import type { WatchedTables } from './watched-tables.ts'

/** The result of one run of a query. */
export interface QueryResult {
  /** JSON text, or a file: never of a query that is watched. */
  answer: string | Blob
  /** The ids of the tables that it has read, or the topics of its own that it depends on. */
  tables: ReadonlySet<string>
  /**
   * The number of transactions that had ended before the run: of two results, the one with the
   * higher number is newer.
   */
  ended: number
}

/** A query with its arguments and its caller. Equal calls share a run. */
export interface QueryCall {
  name: string
  definition: AnyQuery
  principal: Principal | null
  /** As they came. */
  args: unknown
  /** As the query's schema made it of them. */
  input: unknown
}

/** Runs a query. With `isLive` the result contains the tables that it has read. */
export type RunQuery = (call: QueryCall, isLive: boolean) => Promise<QueryResult>

/**
 * Runs a query in a transaction of its own. It sees one state of the database, changes nothing, and
 * has a time limit. The tables of a statement are looked up when it first runs.
 */
export function createRunQuery(
  pool: pg.Pool,
  watched: WatchedTables,
  timeoutSecs: number,
  maxOutputBytes?: number,
): RunQuery {
  return async ({ definition, principal, input }, isLive) => {
    const own = ownQuery(definition)
    const topics = own?.topics(principal, input)
    const declared = isLive ? definition.tables : undefined
    const tables = new Set(topics ?? (declared && (await watched.named(declared))))
    let ended = 0
    const options = { isReadOnly: true, timeoutSecs }
    const read = await inTransaction(pool, options, async (client, endedBefore) => {
      ended = endedBefore
      const sql = toSql(async (statement) => {
        if (isLive && !declared && !topics) {
          for (const id of await watched.readBy(client, statement)) tables.add(id)
        }
        return client.query(statement)
      })
      const returned = await definition.run({ sql, principal, input })
      return own ? returned : toAnswer(returned, maxOutputBytes)
    })
    // The app may be asked about what was read: not while a connection waits for its answer.
    const answer = own
      ? JSON.stringify(await own.show(principal, input, read))
      : (read as string | Blob)
    return { answer, tables, ended }
  }
}

/** A query of the gateway's own; `undefined`: it is the app's. */
export function ownQuery(definition: AnyQuery): OwnQuery<unknown, unknown, unknown> | undefined {
  return ownMark in definition ? (definition as OwnQuery<unknown, unknown, unknown>) : undefined
}
