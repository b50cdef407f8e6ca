import type pg from 'pg'
import { planTables } from './plan-tables.ts'

/** Which tables are read, by their ids, and say when they change. */
export interface WatchedTables {
  /** Those of these names. Rejects when there is no such table. */
  named(names: readonly string[]): Promise<readonly string[]>
  /** Those that a statement reads, as PostgreSQL plans it; pinned when it is met first. */
  readBy(client: pg.PoolClient, text: string, values: unknown[]): Promise<readonly string[]>
}

/** How many statements are kept in mind: a statement that is put together anew each time would fill any number. */
const maxStatements = 1_000

/** A partition is told of through its root: what is changed by one is not told by the other. */
const idsOf = `
  select distinct id::text
    from unnest($1::text[]) as name,
         lateral (select to_regclass(name) as found) as named,
         lateral (values (found::oid), (pg_partition_root(found)::oid)) as ids (id)
   where id is not null and found is not null`

/** The tables of one database. Each is made to say when it changes before it is read for the first time. */
export function createWatchedTables(pool: pg.Pool): WatchedTables {
  const byName = new Map<string, Promise<readonly string[]>>()
  const byStatement = new Map<string, Promise<readonly string[]>>()

  const watch = async (name: string): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ id: string }>(idsOf, [[name]])
    if (rows.length === 0)
      throw new Error(`There is no table ${name}: a query cannot be live without`)
    for (const { id } of rows) {
      await pool
        .query('select headway.watch_table($1::oid::regclass)', [id])
        .catch((error: unknown) => {
          throw explainDenial(name, error)
        })
    }
    return rows.map(({ id }) => id)
  }
  /** Asked once; what fails is asked again. */
  const once = (
    known: Map<string, Promise<readonly string[]>>,
    key: string,
    ask: () => Promise<readonly string[]>,
  ): Promise<readonly string[]> => {
    const asked = known.get(key)
    if (asked) return asked
    const asking = ask()
    known.set(key, asking)
    asking.catch(() => known.delete(key))
    return asking
  }
  const named = async (names: readonly string[]): Promise<readonly string[]> => {
    const ids = await Promise.all(names.map((name) => once(byName, name, () => watch(name))))
    return [...new Set(ids.flat())]
  }
  return {
    named,
    readBy(client, text, values) {
      if (byStatement.size >= maxStatements) byStatement.clear()
      return once(byStatement, text, async () => {
        const explain = `explain (format json, verbose) ${text}`
        const { rows } = await client.query<{ 'QUERY PLAN': unknown }>(explain, values)
        const tables = planTables(rows[0]?.['QUERY PLAN'])
        return named(tables.map(({ schema, name }) => `${quote(schema)}.${quote(name)}`))
      })
    },
  }
}

/** What to do, when the role may not make triggers on a table that does not have ours yet. */
function explainDenial(name: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === '42501')) return error
  return new Error(
    `The table ${name} cannot be watched: ${error.message}. Run "npx headway-gateway watch ${name.replaceAll('"', '')}" as its owner`,
    { cause: error },
  )
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
