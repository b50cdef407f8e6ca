import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../src/runs/migrate.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

let database: string
let pool: pg.Pool

beforeAll(async () => {
  database = await createDatabase()
  pool = new pg.Pool({ connectionString: database, max: 12 })
  await migrate(pool, { database, migrate: true, logger: quiet })
})
afterAll(() => pool?.end())

/** Numbers from 0 to 1 that are the same each time. */
function randoms(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

const statuses = [
  'pending',
  'claimed',
  'running',
  'retry',
  'completed',
  'failed',
  'dead_letter',
  'cancelled',
]

const truth = `
  select count(*)::integer as total,
         (count(*) filter (where status in ('claimed', 'running', 'cancel_requested')))::integer as running,
         (count(*) filter (where status = 'completed'))::integer as done,
         (count(*) filter (where status in ('failed', 'dead_letter')))::integer as failed,
         (count(*) filter (where status = 'cancelled'))::integer as cancelled
    from headway.run where parent = $1`

it.each([1, 2, 3])(
  'counts children as they are, whoever writes and counts at once (%i)',
  async (seed) => {
    const random = randoms(seed)
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
    const [{ id } = { id: '' }] = await query<{ id: string }>(
      database,
      `select headway.start_group('load') as id`,
    )
    const children: string[] = []
    const add = async (): Promise<void> => {
      const { rows } = await pool.query('select headway.start_child($1) as id', [id])
      children.push(rows[0].id)
    }
    const change = async (): Promise<void> => {
      const client = await pool.connect()
      await client.query('begin')
      const ids = [...new Set([pick(children), pick(children)])].sort()
      for (const child of ids) {
        await client.query(
          'update headway.run set status = $2, revision = revision + 1 where id = $1',
          [child, pick(statuses)],
        )
      }
      await client.query(random() < 0.3 ? 'rollback' : 'commit')
      client.release()
    }
    const count = (): Promise<unknown> => pool.query('select headway.count_children($1)', [id])
    await add()
    const ways = [add, change, change, change, count, count]
    for (let round = 0; round < 40; round += 1) {
      await Promise.all(Array.from({ length: 10 }, () => pick(ways)()))
    }
    await count()
    const [counted] = await query(
      database,
      'select total, running, done, failed, cancelled from headway.family where id = $1',
      [id],
    )
    expect(await query(database, truth, [id])).toEqual([counted])
    expect(
      await query(database, 'select from headway.family_change where parent = $1', [id]),
    ).toEqual([])
  },
)

it('counts nothing of a transaction that is not committed', async () => {
  const [{ id } = { id: '' }] = await query<{ id: string }>(
    database,
    `select headway.start_group('load') as id`,
  )
  const client = await pool.connect()
  await client.query('begin')
  await client.query('select headway.start_child($1)', [id])
  // The writer holds the family until it commits, and counting does not wait for the run.
  const counting = pool.query('select headway.count_children($1)', [id])
  await client.query('rollback')
  client.release()
  await counting
  expect(await query(database, 'select total from headway.family where id = $1', [id])).toEqual([
    { total: 0 },
  ])
})

it('keeps its numbers when its children are removed', async () => {
  const [{ id } = { id: '' }] = await query<{ id: string }>(
    database,
    `select headway.start_group('load') as id`,
  )
  await query(database, 'select headway.complete(headway.start_child($1))', [id])
  await query(database, 'select headway.close_group($1)', [id])
  await query(database, 'select headway.count_children($1)', [id])
  const before = await query(
    database,
    'select status, progress, revision from headway.run where id = $1',
    [id],
  )
  expect(before).toMatchObject([{ status: 'completed', progress: 100 }])
  await query(database, 'delete from headway.run where parent = $1', [id])
  await query(database, 'select headway.count_children($1)', [id])
  expect(
    await query(database, 'select status, progress, revision from headway.run where id = $1', [id]),
  ).toEqual(before)
  await query(database, 'delete from headway.run where id = $1', [id])
  expect(await query(database, 'select from headway.family where id = $1', [id])).toEqual([])
})

it('is refused a child that comes too late', async () => {
  const [{ id } = { id: '' }] = await query<{ id: string }>(
    database,
    `select headway.start_group('load') as id`,
  )
  await query(database, 'select headway.close_group($1)', [id])
  await expect(query(database, 'select headway.start_child($1)', [id])).rejects.toThrow(
    /is no group that is open/,
  )
})

it('stops with the first failure, and a reporter sees it', async () => {
  const [{ id } = { id: '' }] = await query<{ id: string }>(
    database,
    `select headway.start_group('load', stops => true) as id`,
  )
  const [{ child } = { child: '' }] = await query<{ child: string }>(
    database,
    'select headway.start_child($1) as child',
    [id],
  )
  await query(database, `select headway.fail(headway.start_child($1), 'no')`, [id])
  const answer = await query(database, 'select headway.count_children($1) as todo', [id])
  expect(answer).toEqual([{ todo: 'stop' }])
  await expect(query(database, 'select headway.start_child($1)', [id])).rejects.toThrow()
  expect(await query(database, 'select status from headway.run where id = $1', [child])).toEqual([
    { status: 'running' },
  ])
})
