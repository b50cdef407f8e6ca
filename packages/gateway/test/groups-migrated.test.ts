import pg from 'pg'
import { expect, it } from 'vitest'
import { migrate, migrations } from '../src/runs/migrate.ts'
import { sql } from '../src/sql.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

it('leaves child workflows from before there were groups to their steps', async () => {
  const database = await createDatabase()
  const pool = new pg.Pool({ connectionString: database, max: 1 })
  await pool.query(`create schema headway;
    create table headway.migration (version integer primary key, applied_at timestamptz not null default now())`)
  const before = migrations.slice(0, migrations.indexOf('0019-family'))
  for (const [index, name] of before.entries()) {
    await pool.query(sql(`runs/migrations/${name}`))
    await pool.query('insert into headway.migration (version) values ($1)', [index + 1])
  }
  const insert = async (status: string, parent: string | null): Promise<string> => {
    const { rows } = await pool.query(
      `insert into headway.run (id, kind, name, engine, status, parent)
       values (gen_random_uuid(), 'workflow', 'order', 'dbos', $1, $2) returning id`,
      [status, parent],
    )
    return rows[0].id
  }
  const parent = await insert('running', null)
  const child = await insert('running', parent)
  for (const status of ['created', 'completed', 'failed']) await insert(status, parent)
  const removed = await insert('running', '9c0c7a52-7d3e-4f7e-8f0f-1c2d3e4f5a6b')
  await migrate(pool, { database, migrate: true, logger: quiet })
  for (const id of [child, removed]) {
    await pool.query(`update headway.run set status = 'completed' where id = $1`, [id])
  }
  await pool.query('select headway.count_children($1)', [parent])
  const { rows } = await pool.query(
    `select children, (select count(*)::integer from headway.family) as families,
            (select count(*)::integer from headway.family_change) as changes
       from headway.run where id = $1`,
    [parent],
  )
  expect(rows).toEqual([{ children: null, families: 0, changes: 0 }])
  await pool.end()
})
