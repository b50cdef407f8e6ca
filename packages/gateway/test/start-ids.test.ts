import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGateway, job } from '../src/index.ts'
import { createPools, type Pools } from '../src/postgres/pools.ts'
import { migrate } from '../src/runs/migrate.ts'
import { runIdOf } from '../src/runs/run-id.ts'
import { createStartIds, isSecretKey } from '../src/runs/start-ids.ts'
import { isUuid } from '../src/uuid.ts'
import { ask } from './support/attack.ts'
import { createDatabase } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { quiet } from './support/quiet.ts'

let pools: Pools
beforeAll(async () => {
  const database = await createDatabase()
  pools = createPools(database, quiet)
  await migrate(pools.durable, { database, migrate: true, logger: quiet })
})
afterAll(() => pools?.close())

const insert = (id: string, key: string | null, ageSecs: number) =>
  pools.durable.query(
    `insert into headway.run (id, kind, name, engine, owner, idempotency_key, created_at)
     values ($1, 'job', 'greet', 'none', 'ann', $2, now() - make_interval(secs => $3))`,
    [id, key, ageSecs],
  )

it('gateways that start at the same time give the same ids, which clients cannot compute', async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => createStartIds(pools.durable)))
  const ids = all.map((ids) => ids.idOf('ann', 'greet', 'key', 'bullmq.headway'))
  expect(new Set(ids).size).toBe(1)
  expect(ids[0]).not.toBe(runIdOf('ann', 'greet', 'key'))
  expect(isUuid(ids[0] ?? '')).toBe(true)
  const { rows } = await pools.durable.query('select length(value) from headway.secret')
  expect(rows).toEqual([{ length: 32 }])
})

type Start = [owner: string | null, name: string, key: string, queue?: string | null]

it.each<[one: Start, other: Start]>([
  [
    ['ann', 'greet', 'key'],
    ['bob', 'greet', 'key'],
  ],
  [
    ['ann', 'greet', 'key'],
    ['ann', 'greets', 'key'],
  ],
  [
    ['ann', 'greet', 'key'],
    ['ann', 'greet', 'key2'],
  ],
  [
    [null, 'greet', 'key'],
    ['null', 'greet', 'key'],
  ],
  [
    ['a","b', 'c', 'key'],
    ['a', 'b","c', 'key'],
  ],
  [
    ['ann', 'greet', 'key', 'bullmq.ours'],
    ['ann', 'greet', 'key', 'bullmq.theirs'],
  ],
  [
    ['ann', 'greet', 'key', 'bullmq.ours'],
    ['ann', 'greet', 'key'],
  ],
])('%j is another start than %j', async (one, other) => {
  const { idOf } = await createStartIds(pools.durable)
  const toId = ([owner, name, key, queue = null]: Start): string => idOf(owner, name, key, queue)
  expect(toId(one)).not.toBe(toId(other))
  expect(toId(one)).toBe(toId(one))
})

it('starts from before the secret are found for a day, if there were any', async () => {
  const olderIdOf = async () =>
    (await createStartIds(pools.durable)).olderIdOf('ann', 'greet', 'key')
  await insert(randomUUID(), null, 60)
  expect(await olderIdOf()).toBeNull()
  await insert(runIdOf('ann', 'greet', 'key'), 'key', 60)
  expect(await olderIdOf()).toBe(runIdOf('ann', 'greet', 'key'))
  await pools.durable.query(`update headway.secret set created_at = now() - interval '25 hours'`)
  expect(await olderIdOf()).toBeNull()
})

it.each([
  ['1', false],
  ['report-2026-11', false],
  ['x'.repeat(64), false],
  ['0123456789abcdef0123456789abcdef', true],
  ['6f0d7d0e-3a5b-4c8f-9b1e-2d7c4a6f8e10', true],
])('the key %s can be a secret: %s', (key, expected) => {
  expect(isSecretKey(key)).toBe(expected)
})

it('a start that the previous version answered is not made twice', async () => {
  const database = await createDatabase()
  const own = createPools(database, quiet)
  await migrate(own.durable, { database, migrate: true, logger: quiet })
  const key = randomUUID()
  const id = runIdOf(null, 'greet', key)
  await own.durable.query(
    `insert into headway.run (id, kind, name, engine, idempotency_key, created_at)
     values ($1, 'job', 'greet', 'memory', $2, now() - interval '1 minute')`,
    [id, key],
  )
  await own.close()
  const jobs = { greet: job({ run: () => null }) }
  const gateway = await createGateway({ database, engine: memoryEngine(), jobs, logger: quiet })
  const { url } = await gateway.listen(0)
  const answer = await ask(url, 'POST', '/rpc/greet', { 'x-idempotency-key': key })
  expect(answer.data).toEqual({ job_id: id })
  await gateway.close()
})
