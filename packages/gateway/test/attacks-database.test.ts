import { post, start } from '@headway/conformance/wire'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGateway, createWorker } from '../src/index.ts'
import { createPools, type Pools } from '../src/postgres/pools.ts'
import { migrate } from '../src/runs/migrate.ts'
import { createTeardown } from '../src/teardown.ts'
import { createDatabase, query } from './support/database.ts'
import { jobs } from './support/jobs.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { quiet } from './support/quiet.ts'

let database: string
let pools: Pools
/** A session of a role that may connect, and nothing else. */
let stranger: pg.Client

beforeAll(async () => {
  database = await createDatabase()
  pools = createPools(database, quiet)
  await migrate(pools.durable, { database, migrate: true, logger: quiet })
  stranger = await connectAs('stranger')
})
afterAll(async () => {
  await stranger?.end()
  await pools?.close()
})

/** A session of a new role. */
async function connectAs(name: string, grant?: string): Promise<pg.Client> {
  const role = `${name}_${new URL(database).pathname.slice(-6)}`
  await query(database, `create role ${role} login password 'secret'`)
  if (grant) await query(database, `${grant} ${role}`)
  const url = new URL(database)
  url.username = role
  url.password = 'secret'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  return client
}

it('a worker lives whose rights are those of a role that it has to switch to', async () => {
  const group = `group_${new URL(database).pathname.slice(-6)}`
  await query(database, `create role ${group}`)
  await query(database, `grant usage on schema headway to ${group}`)
  const worker = await connectAs('switching')
  await query(database, `alter role ${worker.user} noinherit`)
  await query(database, `grant ${group} to ${worker.user}`)
  await worker.query(`set role ${group}`)
  await worker.query('select pg_advisory_lock_shared(4712)')
  const live = () => query(database, 'select headway.live_holders() as holder')
  expect(await live()).toEqual([{ holder: '4712' }])
  await worker.end()
  await expect.poll(live).toEqual([])
})

describe('a role that may only connect', () => {
  it('cannot say in the name of a worker that it lives: its runs would be held for ever', async () => {
    const worker = await connectAs('worker', 'grant usage on schema headway to')
    await worker.query('select pg_advisory_lock_shared(4711)')
    // Everybody sees the locks of all.
    const { rows } = await stranger.query(
      `select pg_try_advisory_lock_shared((classid::bigint << 32) | objid::bigint) as got
         from pg_locks where locktype = 'advisory' and objsubid = 1`,
    )
    expect(rows).toEqual([{ got: true }])
    // Asked by a worker's role, which sees less of others than their owner.
    const app = await connectAs('app', 'grant usage on schema headway to')
    const live = async () =>
      (await app.query('select headway.live_holders() as holder')).rows.map(({ holder }) => holder)
    expect(await live()).toContain('4711')
    await worker.end()
    await expect.poll(live).toEqual([])
    await app.end()
  })

  it('cannot keep a worker from its lock when it connects again', async () => {
    const teardown = createTeardown()
    try {
      const app = { database, engine: memoryEngine(), jobs, logger: quiet }
      const gateway = await createGateway(app)
      teardown.defer(gateway.close)
      const worker = await createWorker(app)
      teardown.defer(() => worker.close({ force: true }))
      const { url } = await gateway.listen(0)
      const run = await start(url, 'endless')
      const read = async () => {
        const text = `select status, holder in (select headway.live_holders()) as "isLive"
                        from headway.run where id = $1`
        return (await query(database, text, [run]))[0]
      }
      await expect.poll(read).toEqual({ status: 'running', isLive: true })

      // A session waits for each lock that it sees, and has it once the worker's session is gone.
      const waiting = await connectAs('waiting')
      const { rows } = await waiting.query<{ key: string }>(
        `select (classid::bigint << 32) | objid::bigint as key
           from pg_locks join pg_stat_activity using (pid)
          where locktype = 'advisory' and application_name = 'headway:headway_cancel'`,
      )
      expect(rows).toHaveLength(1)
      const got = waiting.query('select pg_advisory_lock($1)', [rows[0]?.key])
      teardown.defer(() => waiting.end())
      const isWaiting = `select count(*)::integer as count from pg_locks
                          where locktype = 'advisory' and not granted`
      await expect.poll(() => query(database, isWaiting)).toEqual([{ count: 1 }])
      await query(
        database,
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'headway:headway_cancel' and datname = current_database()`,
      )
      await got
      await expect.poll(read).toEqual({ status: 'running', isLive: true })
      await post(url, `/jobs/${run}/cancel`, {})
      await expect.poll(async () => (await read())?.status).toBe('cancelled')
    } finally {
      await teardown.run()
    }
  })
})
