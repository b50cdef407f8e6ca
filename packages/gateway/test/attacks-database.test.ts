import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPools, type Pools } from '../src/postgres/pools.ts'
import { migrate } from '../src/runs/migrate.ts'
import { createDatabase, query } from './support/database.ts'
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
})
