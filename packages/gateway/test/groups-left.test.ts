import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGroupRecorder } from '../src/groups/group-recorder.ts'
import { createTendChildren } from '../src/groups/tend-children.ts'
import { createGateway, job } from '../src/index.ts'
import { migrate } from '../src/runs/migrate.ts'
import { sql } from '../src/sql.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import { testEngine } from './support/test-engine.ts'

let database: string
let pool: pg.Pool

beforeAll(async () => {
  database = await createDatabase()
  pool = new pg.Pool({ connectionString: database, max: 4 })
  await migrate(pool, { database, migrate: true, logger: quiet })
})
afterAll(() => pool?.end())

const one = async (text: string, values: unknown[] = []): Promise<string> => {
  const { rows } = await pool.query({ text: `select ${text} as value`, values })
  return rows[0].value
}
const startGroup = (stops = false): Promise<string> =>
  one(`headway.start_group('load', stops => $1)`, [stops])
const startChild = (parent: string): Promise<string> => one('headway.start_child($1)', [parent])
const count = (id: string): Promise<string> => one('headway.count_children($1)', [id])
const statusOf = (id: string): Promise<string> => one('headway.status_of($1)', [id])
const cancel = (id: string): Promise<unknown> => pool.query(sql('runs/sql/cancel'), [id, 'enough'])
/** Jobs of an engine that nobody asks. */
const startJob = async (parent: string | null, status: string): Promise<string> => {
  const text = `insert into headway.run (id, kind, name, engine, queue, status, attempt, parent, finished_at)
    values (gen_random_uuid(), 'job', 'load', 'bullmq', 'theirs', $2, 1, $1,
            case when $2 = 'failed' then now() end) returning id`
  return (await pool.query(text, [parent, status])).rows[0].id
}

describe('what was done while no gateway was there', () => {
  it('is done by the next one', async () => {
    const closed = await startGroup()
    await one('headway.complete($1)', [await startChild(closed)])
    const cancelled = await startGroup()
    const child = await startChild(cancelled)
    const empty = await startGroup()
    for (const id of [closed, cancelled, empty]) await count(id)
    await one('headway.close_group($1)', [closed])
    await cancel(cancelled)
    await cancel(empty)
    const gateway = await createGateway({
      database,
      engine: testEngine(database),
      jobs: { load: job({ run: () => null }) },
      logger: quiet,
    })
    await expect.poll(() => statusOf(closed)).toBe('completed')
    await expect.poll(() => statusOf(child)).toBe('cancel_requested')
    await expect.poll(() => statusOf(empty)).toBe('completed')
    await gateway.close()
  })
})

describe('a job with children', () => {
  it('starts none while its children are cancelled, because one has failed', async () => {
    const id = await startJob(null, 'running')
    const groups = createGroupRecorder(pool)
    const children = { kind: 'job', name: 'load', engine: 'bullmq', queue: 'theirs' } as const
    const start = () =>
      groups.startBelow(
        { id, attempt: 1 },
        { ...children, options: null, steps: [], items: [] },
        true,
      )
    expect(await start()).toEqual([])
    await startJob(id, 'failed')
    await startJob(id, 'pending')
    expect(await count(id)).toBe('stop')
    expect(await start()).toBeNull()
  })

  it('leaves a child alone that is retried after its own work has failed', async () => {
    const id = await startJob(null, 'running')
    const child = await startJob(id, 'failed')
    await count(id)
    await pool.query(sql('runs/sql/finish'), [
      id,
      1,
      'failed',
      null,
      null,
      null,
      'no',
      null,
      null,
      null,
    ])
    await count(id)
    expect(await statusOf(id)).toBe('failed')
    await pool.query(
      `update headway.run set status = 'pending', finished_at = null where id = $1`,
      [child],
    )
    expect(await count(id)).toBeNull()
  })
})

const retried: string[] = []
const tend = (isMine: boolean) =>
  createTendChildren({
    pool,
    logger: quiet,
    remove: async () => undefined,
    cancel: async () => undefined,
    isMine: () => isMine,
    retry: async ({ id }) => retried.push(id),
  })

describe('a cancellation', () => {
  it('goes on after a deadlock with a writer of several children', async () => {
    const id = await startGroup()
    const [first, second] = [await startChild(id), await startChild(id)]
    await count(id)
    await cancel(id)
    expect(await count(id)).toBe('stop')
    const writer = await pool.connect()
    const write = (child: string) =>
      writer.query(`update headway.run set message = 'hi' where id = $1`, [child])
    await writer.query('begin')
    await write(second)
    const tending = tend(true)(id, 'stop')
    await expect.poll(() => one('(select count(*) from pg_locks where not granted)')).not.toBe('0')
    await write(first)
    await writer.query('commit')
    writer.release()
    expect(await tending).toBe(true)
    for (const child of [first, second]) expect(await statusOf(child)).toBe('cancel_requested')
  })
})

describe('a retry of a group', () => {
  const startFailed = async (): Promise<string> => {
    const id = await startGroup()
    await startJob(id, 'failed')
    await one('headway.close_group($1)', [id])
    await count(id)
    await pool.query(sql('runs/sql/retry-group'), [id])
    expect(await count(id)).toBe('retry')
    return id
  }

  it('is left to the gateways whose queue has the children', async () => {
    const id = await startFailed()
    retried.length = 0
    expect(await tend(false)(id, 'retry')).toBe(false)
    expect(await count(id)).toBe('retry')
    expect(await tend(true)(id, 'retry')).toBe(true)
    expect(retried).toHaveLength(1)
    expect(await count(id)).toBeNull()
  })

  it('reaches a child of another program whose clock is ahead', async () => {
    const id = await startFailed()
    const ahead = `engine = 'observed', finished_at = now() + interval '1 hour'`
    await pool.query(`update headway.run set ${ahead} where parent = $1`, [id])
    retried.length = 0
    expect(await tend(true)(id, 'retry')).toBe(true)
    expect(retried).toHaveLength(1)
  })

  it('ends with a cancellation, and the children are cancelled', async () => {
    const id = await startFailed()
    await startJob(id, 'pending')
    await cancel(id)
    retried.length = 0
    expect(await tend(true)(id, 'retry')).toBe(true)
    expect(retried).toEqual([])
    expect(await count(id)).toBe('stop')
  })
})
