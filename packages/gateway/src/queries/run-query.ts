import type pg from 'pg'
import type { Principal } from '../access/principal.ts'
import type { AnyQuery, Sql } from '../app/query.ts'
import { toJson } from '../runs/postgres-text.ts'
import type { WatchedTables } from './watched-tables.ts'

/** What a run of a query gave. */
export interface QueryResult {
  /** As JSON text. */
  text: string
  /** What it has read, by their ids. */
  tables: ReadonlySet<string>
}

/** What is asked: the same for all that share a run. */
export interface Asked {
  name: string
  definition: AnyQuery
  principal: Principal | null
  /** As the query's schema made it. */
  input: unknown
}

/** Runs a query. `isLive`: it is to be run again when what it reads has changed, and so says what that is. */
export type RunQuery = (asked: Asked, isLive: boolean) => Promise<QueryResult>

/** How large a result may be. */
const maxResultBytes = 10 * 1_048_576

/**
 * Runs a query in a transaction of its own, which sees one state of the database, changes nothing, and ends
 * in time. The tables that its statements read are found when they are met first.
 */
export function createRunQuery(
  pool: pg.Pool,
  watched: WatchedTables,
  timeoutSecs: number,
): RunQuery {
  return async ({ definition, principal, input }, isLive) => {
    const tables = new Set<string>()
    const declared = isLive ? definition.tables : undefined
    if (declared) for (const id of await watched.named(declared)) tables.add(id)
    const client = await pool.connect()
    let isOver = false
    let broken: Error | undefined
    // A connection that is lost between two statements says so to nobody else.
    const lost = (error: Error): void => {
      broken = error
    }
    client.on('error', lost)
    const sql: Sql = async <TRow>(parts: TemplateStringsArray, ...values: unknown[]) => {
      if (isOver) throw new Error('sql was asked after its query had ended: await what it gives')
      const text = parts.reduce((all, part, index) => `${all}$${index}${part}`)
      if (isLive && !declared) {
        for (const id of await watched.readBy(client, text, values)) tables.add(id)
      }
      return (await client.query(text, values)).rows as TRow[]
    }
    try {
      await client.query('begin transaction isolation level repeatable read, read only')
      await client.query(`set local statement_timeout = ${Math.ceil(timeoutSecs * 1_000)}`)
      const text = toJson(await definition.run({ sql, principal, input }))
      const bytes = Buffer.byteLength(text)
      if (bytes > maxResultBytes) {
        throw new Error(
          `The result is ${bytes} bytes of JSON, more than ${maxResultBytes}: ask for less`,
        )
      }
      return { text, tables }
    } finally {
      isOver = true
      await client.query('rollback').catch(lost)
      client.off('error', lost)
      client.release(broken)
    }
  }
}
