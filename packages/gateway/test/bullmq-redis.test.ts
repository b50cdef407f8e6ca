import { rm } from 'node:fs/promises'
import { read, start } from '@headway/conformance/wire'
import { Cluster, Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { ConfigurationError, createGateway, createWorker } from '../src/index.ts'
import { createTeardown } from '../src/teardown.ts'
import { createDatabase } from './support/database.ts'
import { jobs } from './support/jobs.ts'
import { quiet } from './support/quiet.ts'
import { startRedis, type TestRedis } from './support/redis.ts'

const teardown = createTeardown()
afterAll(teardown.run)

/** A gateway and a worker over an engine; resolves with the gateway's address. */
const serve = async (engine: ReturnType<typeof bullmq>): Promise<string> => {
  const app = { database: await createDatabase(), engine, jobs, logger: quiet }
  const gateway = await createGateway(app)
  teardown.defer(gateway.close)
  const worker = await createWorker(app)
  teardown.defer(() => worker.close({ force: true }))
  return (await gateway.listen(0)).url
}
const begin = async (args: string[] = []): Promise<TestRedis> => {
  const redis = await startRedis([...(args.length > 0 ? args : ['--appendonly', 'yes'])])
  teardown.defer(redis.stop)
  return redis
}
const statusOf = (url: string, id: string) => async () => (await read(url, id)).status

describe('options', () => {
  it.each([
    ['a misspelt one', { scema: 'jobs' }, /does not know the option scema/],
    ['a prefix without a connection', { prefix: 'jobs' }, /does not know the option prefix/],
    ['a schema beside a connection', { connection: {}, schema: 'jobs' }, /option schema/],
    ['no connection', { connection: undefined }, /connection is undefined/],
    ['an address for a connection', { connection: 'redis://localhost' }, /connection is "redis/],
    ['a keyPrefix', { connection: { keyPrefix: 'a:' } }, /has the option prefix/],
    ['a colon in the queue', { connection: {}, queue: 'a:b' }, /queue is "a:b"/],
  ])('%s is refused', (_, options, message) => {
    const make = () => bullmq(options as never)
    expect(make).toThrow(ConfigurationError)
    expect(make).toThrow(message)
  })

  it('another Redis, database, prefix or queue is another queue; a password is no part of its name', () => {
    const node = new Redis({ host: 'a', port: 1, lazyConnect: true })
    const cluster = new Cluster([{ host: 'b' }, 'redis://a:7'], { lazyConnect: true })
    const names = [
      bullmq({ connection: {} }),
      bullmq({ connection: { url: 'redis://ann:secret@a/2' } }),
      bullmq({ connection: { host: 'a', port: 1 }, prefix: '{p}', queue: 'q' }),
      bullmq({ connection: node }),
      bullmq({ connection: cluster }),
      bullmq({ connection: { sentinels: [{ host: 's' }], name: 'main' } }),
      bullmq({ connection: { host: 'a' }, server: 'ours' }),
      bullmq(),
    ].map(({ queue }) => queue)
    expect(names).toEqual([
      'redis://127.0.0.1:6379/0/bull:headway',
      'redis://a:6379/2/bull:headway',
      'redis://a:1/0/{p}:q',
      'redis://a:1/0/bull:headway',
      'redis://a:7/0,b:6379/0/bull:headway',
      'redis://main/0/bull:headway',
      'redis://ours/bull:headway',
      'bullmq.headway',
    ])
    node.disconnect()
    cluster.disconnect()
  })
})

describe('when Redis refuses', () => {
  let redis: TestRedis
  let admin: Redis
  let url: string
  beforeAll(async () => {
    redis = await begin(['--save', '', '--appendonly', 'no'])
    admin = new Redis(redis.url)
    teardown.defer(() => admin.disconnect())
    url = await serve(bullmq({ connection: { url: redis.url }, lockMs: 1_000 }))
  })
  const refuses = async (pattern: RegExp): Promise<void> => {
    await expect.poll(() => admin.set('probe', 1).catch(String)).toMatch(pattern)
  }

  it('memory is full: starts wait in the database, and are handed over when there is room', async () => {
    await admin.config('SET', 'maxmemory', '1')
    await refuses(/OOM/)
    const id = await start(url, 'count', { rows: 3 })
    expect(await read(url, id)).toMatchObject({ status: 'pending' })
    await admin.config('SET', 'maxmemory', '0')
    await expect.poll(statusOf(url, id)).toBe('completed')
  })

  it('its disk fails: starts wait in the database, and are handed over when it writes again', async () => {
    await rm(redis.folder, { recursive: true })
    await admin.config('SET', 'save', '1 1')
    await admin.bgsave().catch(() => undefined)
    await refuses(/MISCONF/)
    const id = await start(url, 'count', { rows: 3 })
    expect(await read(url, id)).toMatchObject({ status: 'pending' })
    await admin.config('SET', 'save', '')
    await expect.poll(statusOf(url, id)).toBe('completed')
  })
})

it('Redis is killed in the middle of jobs and comes back: all complete, and starts of the outage too', async () => {
  const redis = await begin()
  const options = { lockMs: 1_000, stalledIntervalMs: 500 }
  const url = await serve(bullmq({ connection: { url: redis.url }, ...options }))
  const before = await Promise.all(
    Array.from({ length: 8 }, () => start(url, 'steady', { steps: 10 })),
  )
  await expect.poll(statusOf(url, before[0] ?? '')).toBe('running')
  await redis.kill()
  const during = await start(url, 'steady', { steps: 2 })
  expect(await read(url, during)).toMatchObject({ status: 'pending' })
  await redis.start()
  for (const id of [...before, during]) await expect.poll(statusOf(url, id)).toBe('completed')
})

it('a worker and a gateway close while Redis is away, and what they ran is recorded', async () => {
  const redis = await begin()
  const engine = bullmq({ connection: { url: redis.url } })
  const app = { database: await createDatabase(), engine, jobs, logger: quiet }
  const gateway = await createGateway(app)
  const { url } = await gateway.listen(0)
  const worker = await createWorker(app)
  const id = await start(url, 'steady', { steps: 10 })
  await expect.poll(statusOf(url, id)).toBe('running')
  await redis.kill()
  await worker.close()
  expect(await read(url, id)).toMatchObject({ status: 'completed' })
  await gateway.close()
})

it('runs on a Redis Cluster, with a prefix in braces', async () => {
  const redis = await begin(['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'])
  const admin = new Redis(redis.url)
  await admin.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
  await expect.poll(() => admin.cluster('INFO')).toContain('cluster_state:ok')
  admin.disconnect()
  const connection = new Cluster([{ host: '127.0.0.1', port: redis.port }], {
    redisOptions: { maxRetriesPerRequest: null },
  })
  teardown.defer(() => connection.disconnect())
  const url = await serve(bullmq({ connection, prefix: '{headway}' }))
  const ids = await Promise.all(Array.from({ length: 20 }, () => start(url, 'count', { rows: 2 })))
  for (const id of ids) await expect.poll(statusOf(url, id)).toBe('completed')
})
