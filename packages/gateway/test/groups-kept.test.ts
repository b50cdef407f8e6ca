import pg from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { migrate } from '../src/runs/migrate.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

/* Whoever ends a run with children, also a process that knows of none: it ends with them. */

let database: string

beforeAll(async () => {
  database = await createDatabase()
  const pool = new pg.Pool({ connectionString: database, max: 1 })
  await migrate(pool, { database, migrate: true, logger: quiet })
  await pool.end()
})

const ask = async (text: string, ...values: unknown[]): Promise<Record<string, unknown>> =>
  (await query(database, text, values))[0] ?? {}
const idOf = async (text: string, ...values: unknown[]): Promise<string> =>
  String((await ask(text, ...values)).id)
const startGroup = () => idOf(`select headway.start_group('load') as id`)
const startChild = (parent: string) => idOf('select headway.start_child($1) as id', parent)
const count = (id: string) => ask('select headway.count_children($1) as todo', id)
const read = (id: string) =>
  ask('select status, error, output, finished_at from headway.run where id = $1', id)
const end = (id: string, status: string, more = '') =>
  query(
    database,
    `update headway.run set status = $2, error = 'given up', finished_at = now() ${more} where id = $1`,
    [id, status],
  )

/** A job that a worker has, with one child that runs. */
async function startParent(): Promise<{ parent: string; child: string }> {
  const parent = await idOf(
    `insert into headway.run (id, kind, name, engine, status, attempt, children)
     values (gen_random_uuid(), 'job', 'load', 'bullmq', 'running', 1, 'counted') returning id`,
  )
  await query(database, 'insert into headway.family (id, is_open) values ($1, true)', [parent])
  return { parent, child: await startChild(parent) }
}

it('a job that is given up is cancelled with its children, and ends as it was ended', async () => {
  const { parent, child } = await startParent()
  await end(parent, 'dead_letter')
  expect(await read(parent)).toMatchObject({ status: 'running', error: null, finished_at: null })
  expect(await count(parent)).toEqual({ todo: 'stop' })
  await query(database, 'select headway.cancelled($1)', [child])
  await query(database, `update headway.family set todo = null, is_stopped = true where id = $1`, [
    parent,
  ])
  await count(parent)
  expect(await read(parent)).toMatchObject({ status: 'dead_letter', error: 'given up' })
})

it('a job that only waits for its children is not given up', async () => {
  const { parent, child } = await startParent()
  await query(
    database,
    `update headway.run set status = 'completed', output = '7', finished_at = now() where id = $1`,
    [parent],
  )
  await end(parent, 'failed')
  expect(await read(parent)).toMatchObject({ status: 'running', error: null, finished_at: null })
  await query(database, 'update headway.family set is_open = false where id = $1', [parent])
  await query(database, 'select headway.complete($1)', [child])
  await count(parent)
  expect(await read(parent)).toMatchObject({ status: 'completed', output: 7, error: null })
})

it('a group that is cancelled by a process that knows no groups is asked to stop', async () => {
  const id = await startGroup()
  const child = await startChild(id)
  await end(id, 'cancelled', ', cancel_requested_at = now()')
  expect(await read(id)).toMatchObject({ status: 'cancel_requested', finished_at: null })
  expect(await count(id)).toEqual({ todo: 'stop' })
  await query(database, 'select headway.cancelled($1)', [child])
  await query(database, 'update headway.family set todo = null, is_stopped = true where id = $1', [
    id,
  ])
  await count(id)
  expect(await read(id)).toMatchObject({ status: 'cancelled' })
})

it('a report ends no group before its children', async () => {
  const id = await startGroup()
  await startChild(id)
  await count(id)
  await query(database, 'select headway.complete($1)', [id])
  expect(await read(id)).toMatchObject({ status: 'running', finished_at: null })
  await query(database, `select headway.cancelled($1, 'enough')`, [id])
  expect(await read(id)).toMatchObject({ status: 'cancel_requested' })
  expect(await count(id)).toEqual({ todo: 'stop' })
})
