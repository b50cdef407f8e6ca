import { Redis } from 'ioredis'
import { afterAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import type { EngineConnection } from '../src/engines/engine.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import { startRedis, type TestRedis } from './support/redis.ts'

const waiting = 10_000

let redis: TestRedis | undefined
let client: Redis | undefined
const connections: EngineConnection[] = []
afterAll(async () => {
  for (const connection of connections) await connection.close()
  client?.disconnect()
  await redis?.stop()
})

/** 8,000 jobs without a priority, then 2,000 with one; the ids are the places. */
const onPostgres = async (): Promise<EngineConnection> => {
  const database = await createDatabase()
  const connection = await bullmq().connect(database, quiet)
  await query(
    database,
    `insert into bullmq.job (queue, id, seq, name, state, priority, added_at_ms)
     select 'headway', 'at ' || place, place, 'test', 'waiting'::bullmq.job_state, 0, 0 from generate_series(1, 8000) as place
     union all
     select 'headway', 'at ' || place, 20000 - place, 'test', 'waiting'::bullmq.job_state, place, 0
       from generate_series(8001, $1) as place`,
    [waiting],
  )
  return connection
}
const onRedis = async (): Promise<EngineConnection> => {
  redis = await startRedis()
  client = new Redis(redis.port)
  const connection = await bullmq({ connection: { port: redis.port } }).connect('', quiet)
  const places = Array.from({ length: waiting }, (_, index) => index + 1)
  // The next one is at the end.
  await client.lpush('bull:headway:wait', ...places.slice(0, 8_000).map((place) => `at ${place}`))
  const scored = places.slice(8_000).flatMap((place) => [place, `at ${place}`])
  await client.zadd('bull:headway:prioritized', ...scored)
  return connection
}

const databases: [string, () => Promise<EngineConnection>][] = [['PostgreSQL', onPostgres]]
if (process.env.HAS_REDIS === 'true') databases.push(['Redis', onRedis])

describe.each(databases)('BullMQ on %s, with 10,000 jobs that wait', (_, fill) => {
  it('knows the place of each', async () => {
    const connection = await fill()
    connections.push(connection)
    const ids = Array.from({ length: waiting }, (_, index) => `at ${index + 1}`)
    const positions = await connection.positions?.(ids)
    expect(positions).toEqual(new Map(ids.map((id, index) => [id, index + 1])))
    const some = ['at 10000', 'at 1', 'at 8001', 'not there']
    expect(await connection.positions?.(some)).toEqual(
      new Map([
        ['at 10000', 10_000],
        ['at 1', 1],
        ['at 8001', 8_001],
      ]),
    )
  })
})
