import { randomUUID } from 'node:crypto'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cancelField } from '../src/observe/cancel-mark.ts'
import { createQueueRequests } from '../src/observe/queue-requests.ts'
import { createRedisClient } from '../src/observe/redis-client.ts'
import { createTeardown } from '../src/teardown.ts'
import { latch } from './support/latch.ts'
import { quiet } from './support/quiet.ts'
import { startRedis, type TestRedis } from './support/redis.ts'

/* Requests to a queue of another program, as they change what Redis has. */

const teardown = createTeardown()
let redis: TestRedis
let admin: Redis
beforeAll(async () => {
  redis = await startRedis([])
  teardown.defer(redis.stop)
  admin = new Redis(redis.url)
  teardown.defer(() => admin.disconnect())
})
afterAll(teardown.run)

const prefix = 'theirs'
const begin = () => {
  const connection = { url: redis.url, maxRetriesPerRequest: null }
  const name = `q-${randomUUID()}`
  const client = createRedisClient(connection, quiet)
  const requests = createQueueRequests(connection, prefix, client, quiet)
  teardown.defer(client.close)
  teardown.defer(requests.close)
  const open = (): Queue => {
    const queue = new Queue(name, { connection, prefix })
    teardown.defer(() => queue.close())
    return queue
  }
  const work = (run: () => Promise<unknown>): Worker => {
    const worker = new Worker(name, run, { connection, prefix })
    teardown.defer(() => worker.close(true))
    return worker
  }
  const keyOf = (id: string): string => `${prefix}:${name}:${id}`
  return { name, requests, open, work, keyOf }
}

it('a request leaves what a queue keeps about itself', async () => {
  const { name, requests, keyOf } = begin()
  const kept = { 'opts.maxLenEvents': '7' }
  await admin.hset(keyOf('meta'), kept)
  await requests.add(name, 'film', { n: 1 }, { jobId: 'one' })
  expect(await admin.hget(keyOf('one'), 'data')).toBe('{"n":1}')
  expect(await requests.stop(name, 'missing', '')).toBe('gone')
  expect(await requests.stop(name, 'one', '')).toBe('removed')
  expect(await admin.exists(keyOf('one'))).toBe(0)
  expect(await admin.hgetall(keyOf('meta'))).toEqual(kept)
})

it('a job that runs is asked to stop, with the reason', async () => {
  const { name, requests, open, work, keyOf } = begin()
  const go = latch()
  const worker = work(() => go.opened)
  await open().add('film', {}, { jobId: 'runs' })
  await expect.poll(() => admin.lrange(keyOf('active'), 0, -1)).toEqual(['runs'])
  expect(await requests.stop(name, 'runs', 'enough')).toBe('asked')
  expect(await admin.hget(keyOf('runs'), cancelField)).toBe('0:enough')
  go.open()
  await worker.close()
})

it('only a job that failed is retried, and without a request to stop from before', async () => {
  const { name, requests, open, work, keyOf } = begin()
  const queue = open()
  await queue.add('film', {}, { jobId: 'one' })
  await admin.hset(keyOf('one'), cancelField, '0:')
  expect(await requests.retry(name, 'one')).toBe(false)
  expect(await requests.retry(name, 'missing')).toBe(false)
  expect(await admin.hget(keyOf('one'), cancelField)).toBe('0:')
  const worker = work(async () => {
    throw new Error('no')
  })
  await expect.poll(() => queue.getFailedCount()).toBe(1)
  await worker.close()
  await admin.hset(keyOf('one'), cancelField, '1:')
  expect(await requests.retry(name, 'one')).toBe(true)
  expect(await admin.hget(keyOf('one'), cancelField)).toBeNull()
  expect(await queue.getWaitingCount()).toBe(1)
})

it('closes the connections that it has opened', async () => {
  const { name, requests } = begin()
  const count = async () =>
    String(await admin.client('LIST'))
      .trim()
      .split('\n').length
  await requests.stop(name, 'missing', '')
  const before = await count()
  await requests.close()
  await expect.poll(count).toBeLessThan(before)
})
