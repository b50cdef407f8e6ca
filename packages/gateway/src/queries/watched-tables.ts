import type pg from 'pg'
import { sqlStateOf } from '../postgres/failures.ts'
import type { Connection } from '../postgres/in-transaction.ts'
import { notWatchable } from '../refusals/functions.ts'
import { sql } from '../sql.ts'
import { planTables } from './plan-tables.ts'

/** The tables that queries read, by the ids in their notifications. */
export interface WatchedTables {
  /** The ids of these tables. Rejects when a table is missing or cannot be watched. */
  named(names: readonly string[]): Promise<readonly string[]>
  /** The tables that a statement reads, as PostgreSQL plans it; kept after the first time. */
  readBy(client: Connection, statement: pg.QueryConfig<unknown[]>): Promise<readonly string[]>
  /**
   * True when a name refers to another table than before, or a trigger is missing. All tables are
   * then looked up again.
   */
  checkMoved(): Promise<boolean>
}

/** A table that a name stands for, or a part of it. */
interface Table {
  name: string
  id: string
  /** `r` table, `p` partitioned, `v` view, `m` materialized view, `f` foreign; `catalog`. */
  kind: string
  /** Its name in messages. */
  called: string
  toldAs: string
  /** `tgenabled` of its trigger; '' when it has none. */
  trigger: string
}

/**
 * The maximum number of statements that are kept. Without a limit, an application that builds a new
 * statement for each query would fill the memory.
 */
const maxStatements = 1_000

/**
 * Since this version a statement can be planned without its values: then the plan leaves out no
 * table that other values would read.
 */
const genericSince = 160_000

const silent: ReadonlyMap<string, string> = new Map([
  ['m', 'The query reads a materialized view, which does not notify of a refresh'],
  ['f', 'The query reads a foreign table, which does not notify of changes elsewhere'],
  ['catalog', 'The query reads the system catalog, which does not notify of changes'],
])

/** The tables of one database. Each gets a trigger that notifies before it is first read. */
export function createWatchedTables(pool: pg.Pool): WatchedTables {
  const byName = new Map<string, Promise<readonly string[]>>()
  const byStatement = new Map<string, Promise<readonly string[]>>()
  /** The tables of each name when it was met, as text. */
  let known = new Map<string, string>()
  let views: Promise<{ shape: string; version: number }> | null = null

  const find = async (names: readonly string[]): Promise<Map<string, Table[]>> => {
    const { rows } = await pool.query<Table>(sql('queries/sql/find-tables'), [names])
    return new Map(names.map((name) => [name, rows.filter((row) => row.name === name)]))
  }
  const readViews = async (): Promise<{ shape: string; version: number }> => {
    const { rows } = await pool.query<{ shape: string; version: number }>(
      sql('queries/sql/read-views'),
    )
    return rows[0] ?? { shape: '', version: 0 }
  }
  /** Read before the first plan, so that a later change of a view is noticed. */
  const viewsAtFirst = () => {
    views ??= readViews()
    views.catch(() => {
      views = null
    })
    return views
  }
  const watch = async (name: string): Promise<readonly string[]> => {
    const before = (await find([name])).get(name) ?? []
    if (before.length === 0) {
      throw new Error(`The table ${name} does not exist, so queries of it cannot be watched`)
    }
    for (const table of before) {
      const why = silent.get(table.kind)
      if (why)
        throw notWatchable(
          why,
          new Error(`${table.called}: name the tables to watch in \`tables\``),
        )
    }
    if (before.some(({ kind }) => kind === 'v')) return readByView(name, before)
    for (const { id, called, trigger } of before) if (trigger !== 'A') await makeTell(id, called)
    const tables = (await find([name])).get(name) ?? []
    known.set(name, JSON.stringify(tables))
    return [...new Set(tables.map(({ toldAs }) => toldAs))]
  }
  const readByView = async (name: string, found: Table[]): Promise<readonly string[]> => {
    await viewsAtFirst()
    known.set(name, JSON.stringify(found))
    const { rows } = await pool.query(`explain (format json, verbose) select * from ${name}`)
    return named(namesIn(rows))
  }
  const makeTell = async (id: string, called: string): Promise<void> => {
    try {
      await pool.query('select headway.watch_table($1::oid::regclass)', [id])
    } catch (error) {
      throw explainDenial(called, error)
    }
  }
  /** Runs once per key; a failed run is repeated by the next call. */
  const once = (
    asked: Map<string, Promise<readonly string[]>>,
    key: string,
    ask: () => Promise<readonly string[]>,
  ): Promise<readonly string[]> => {
    const before = asked.get(key)
    if (before) return before
    const asking = ask()
    asked.set(key, asking)
    asking.catch(() => {
      if (asked.get(key) === asking) asked.delete(key)
    })
    return asking
  }
  const named = async (names: readonly string[]): Promise<readonly string[]> => {
    const ids = await Promise.all(names.map((name) => once(byName, name, () => watch(name))))
    return [...new Set(ids.flat())]
  }
  return {
    named,
    readBy(client, { text, values }) {
      if (byStatement.size >= maxStatements) byStatement.clear()
      return once(byStatement, text, async () => {
        const { version } = await viewsAtFirst()
        const plan =
          version >= genericSince
            ? { text: `explain (generic_plan, format json, verbose) ${text}` }
            : { text: `explain (format json, verbose) ${text}`, values }
        return named(namesIn((await client.query<object>(plan)).rows))
      })
    },
    async checkMoved() {
      if (known.size === 0 && !views) return false
      const [now, before] = await Promise.all([readViews(), views])
      // Names that are added during this check wait for the next one.
      const asked = [...known]
      const found = await find(asked.map(([name]) => name))
      const isSame = asked.every(([name, was]) => JSON.stringify(found.get(name)) === was)
      if (isSame && (before === null || before.shape === now.shape)) return false
      byName.clear()
      byStatement.clear()
      known = new Map()
      views = Promise.resolve(now)
      return true
    },
  }
}

function namesIn(plan: readonly object[]): string[] {
  const [row] = plan
  const tables = planTables(row && Object.values(row))
  return tables.map(({ schema, name }) => `${quote(schema)}.${quote(name)}`)
}

/** The error for a missing right, with its remedy. */
function explainDenial(name: string, error: unknown): unknown {
  if (sqlStateOf(error) !== '42501') return error
  return new Error(
    `The table ${name} cannot be watched: its owner has to run ` +
      `"npx headway-gateway watch ${name.replaceAll('"', '')}", ` +
      `or select headway.watch_table('${name}')`,
    { cause: error },
  )
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
