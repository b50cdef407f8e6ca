import { readFileSync } from 'node:fs'
import pg from 'pg'
import { expect, it } from 'vitest'
import { migrate, migrations } from '../src/runs/migrate.ts'
import { sql } from '../src/sql.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const docs = readFileSync(new URL('../../../docs/production.md', import.meta.url), 'utf8')
const statements = docs.match(/^create index concurrently [^;]*;$/gm) ?? []

/** Those on columns that are new. */
const later = ['run_awaits', 'run_children', 'run_children_of_status', 'run_tags']

it('leaves the indexes alone that the docs tell to make before, and makes four more', async () => {
  const database = await createDatabase()
  const pool = new pg.Pool({ connectionString: database, max: 1 })
  const indexes = async (): Promise<Map<string, string>> => {
    const rows = await query<{ name: string; oid: string }>(
      database,
      `select relname as name, oid from pg_class join pg_index on indexrelid = oid
        where indrelid = 'headway.run'::regclass`,
    )
    return new Map(rows.map(({ name, oid }) => [name, oid]))
  }
  await pool.query(`create schema headway;
    create table headway.migration (version integer primary key, applied_at timestamptz not null default now())`)
  for (const [index, name] of migrations.slice(0, 15).entries()) {
    await pool.query(sql(`runs/migrations/${name}`))
    await pool.query('insert into headway.migration (version) values ($1)', [index + 1])
  }
  for (const statement of statements) await pool.query(statement)
  const before = await indexes()
  expect(statements).toHaveLength(7)
  await migrate(pool, { database, migrate: true, logger: quiet })
  await pool.end()
  const after = await indexes()
  expect([...before].filter(([name, oid]) => after.get(name) !== oid)).toEqual([])
  expect([...after.keys()].filter((name) => !before.has(name)).sort()).toEqual(later)
})
