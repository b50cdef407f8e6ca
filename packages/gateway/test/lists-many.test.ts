import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createListCursors } from '../src/lists/list-cursor.ts'
import { readFilter } from '../src/lists/list-filter.ts'
import { ownersOf, readRows, showRows } from '../src/lists/list-runs.ts'
import { toStatement } from '../src/lists/list-statement.ts'
import { toSql } from '../src/queries/to-sql.ts'
import { migrate } from '../src/runs/migrate.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

/* Lists over as many runs as a busy service has. `LISTED_RUNS=1000000` makes a million. */

const many = Number(process.env.LISTED_RUNS ?? 100_000)
let pool: pg.Pool

beforeAll(async () => {
  const database = await createDatabase()
  pool = new pg.Pool({ connectionString: database, max: 2 })
  await migrate(pool, { database, logger: quiet, migrate: true })
  await pool.query('alter table headway.run disable trigger user')
  // One user has half of all runs, a thousand share the rest. Few wait, few have failed.
  await pool.query(
    `insert into headway.run (id, kind, name, engine, owner, status, created_at, tags)
     select gen_random_uuid(), 'job', case when n % 1000 = 0 then 'rare' else 'export' end, 'sql',
            case when n % 2 = 0 then 'ann' else 'user ' || n % 1000 end,
            case when n % 10000 = 0 then 'running' when n % 5000 = 2 then 'failed' else 'completed' end,
            now() - n * interval '1 second', case when n % 5000 = 4 then array['july'] end
       from generate_series(1, $1) as n`,
    [many],
  )
  await pool.query('alter table headway.run enable trigger user')
  await pool.query('vacuum analyze headway.run')
})
afterAll(() => pool?.end())

const cursors = createListCursors(Buffer.alloc(32, 7))
const access = { hasAuth: true, cursors, logger: quiet }
const principal = { id: 'ann', roles: ['admin'], expiresAt: Number.MAX_SAFE_INTEGER }
const explain = async (given: object): Promise<string> => {
  const filter = readFilter(given, cursors)
  if ('path' in filter) throw new Error(filter.message)
  const { parts, values } = toStatement(filter, ownersOf(principal, filter), false)
  const text = parts.reduce((all, part, index) => `${all}$${index}${part}`)
  const { rows } = await pool.query(`explain ${text}`, values)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

const filters = [
  {},
  { status: 'active' },
  { status: 'failed' },
  { status: 'ended' },
  { name: 'rare' },
  { name: 'rare', status: 'failed' },
  { tag: 'july' },
  { owner: 'user 7' },
  { owner: 'user 7', status: 'active' },
  { anyOwner: true },
  { anyOwner: true, status: 'active' },
  { anyOwner: true, name: 'rare' },
  { anyOwner: true, tag: 'july' },
  { kind: 'workflow' },
  { anyOwner: true, kind: 'workflow' },
]

it.each(filters)('%o is found without reading every run', async (filter) => {
  expect(await explain(filter)).not.toMatch(/Seq Scan/)
})

it('a later page is found like the first', async () => {
  const sql = toSql((statement) => pool.query(statement))
  const read = (cursor?: string | null) => {
    const filter = readFilter({ limit: 200, ...(cursor && { cursor }) }, cursors)
    if ('path' in filter) throw new Error(filter.message)
    return readRows(sql, access, principal, filter).then((rows) =>
      showRows(access, principal, filter, rows),
    )
  }
  const first = await read()
  const second = await read(first.next)
  expect(new Set([...first.runs, ...second.runs].map(({ id }) => id)).size).toBe(400)
  expect(await explain({ cursor: first.next ?? '' })).not.toMatch(/Seq Scan|Sort/)
})
