import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createQueueReader } from '../src/observe/queue-reader.ts'
import { createRedisClient } from '../src/observe/redis-client.ts'
import { createTeardown } from '../src/teardown.ts'
import { quiet } from './support/quiet.ts'
import { startRedis, type TestRedis } from './support/redis.ts'

/* Queues as BullMQ keeps them, larger and stranger than it would make them within a test. */

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

const open = (prefix = 'bull') => {
  const client = createRedisClient({ url: redis.url }, quiet)
  teardown.defer(client.close)
  const queue = `q-${randomUUID()}`
  const key = (part: string): string => `${prefix}:${queue}:${part}`
  return { reader: createQueueReader(client, prefix), queue, key }
}
const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => String(from + index))
const scored = (ids: readonly string[], score: (id: string) => number) =>
  ids.flatMap((id) => [score(id), id])

it('names are those of the prefix, whatever it contains', async () => {
  const { reader, queue, key } = open('my[app]*')
  await admin.hset(key('meta'), { version: 'bullmq' })
  await admin.hset(`mya:other:meta`, { version: 'bullmq' })
  await admin.hset(`my[app]*:not:a-queue:meta`, { version: 'bullmq' })
  expect(await reader.names()).toEqual([queue])
})

it('events come in order, and say whether some are missing before them', async () => {
  const { reader, queue, key } = open()
  expect(await reader.events(queue, '0-0', 10)).toEqual({ isWhole: false, last: '0-0', events: [] })
  for (const id of ['1-1', '1-2', '2-0']) await admin.xadd(key('events'), id, 'event', id)
  const at = async (after: string, most: number) => {
    const { isWhole, last, events } = await reader.events(queue, after, most)
    return { isWhole, last, events: events.map(({ event }) => event) }
  }
  expect(await at('1-1', 10)).toEqual({ isWhole: true, last: '2-0', events: ['1-2', '2-0'] })
  expect(await at('1-1', 1)).toEqual({ isWhole: true, last: '2-0', events: ['1-2'] })
  expect(await at('2-0', 10)).toEqual({ isWhole: true, last: '2-0', events: [] })
  await admin.xdel(key('events'), '1-1')
  expect(await at('1-1', 10)).toEqual({ isWhole: false, last: '2-0', events: ['1-2', '2-0'] })
})

it('a job has its place, its fields, and what was asked for', async () => {
  const { reader, queue, key } = open()
  const places = ['waiting', 'active', 'completed', 'failed', 'delayed', 'waiting-children']
  const idOf = (place: string): string => `is ${place}`
  for (const id of places.map(idOf)) {
    const fields = { name: id, data: `"${id}"`, timestamp: 1, opts: '{}', ats: 2, stc: 3 }
    await admin.hset(key(id), fields)
    await admin.rpush(`${key(id)}:logs`, 'first', 'last')
  }
  await admin.rpush(key('wait'), idOf('waiting'))
  await admin.rpush(key('active'), idOf('active'))
  for (const set of places.slice(2)) await admin.zadd(key(set), 1, idOf(set))
  // A worker that lost its job writes what it had to say.
  await admin.hset(key('ghost'), { failedReason: 'Missing key for job ghost' })
  await admin.hset(key('nameless'), { timestamp: 1 })
  await admin.xadd(key('events'), '7-0', 'event', 'added')
  const ids = [...places.map(idOf), 'ghost', 'missing', 'nameless']
  const { last, jobs } = await reader.jobs(
    queue,
    ids.map((id) => ({ id, data: id !== 'is active' })),
    true,
  )
  expect(last).toBe('7-0')
  expect(jobs.map((job) => job?.place)).toEqual([...places, undefined, undefined, 'waiting'])
  expect(jobs[0]).toMatchObject({ name: 'is waiting', data: '"is waiting"', log: 'last', begun: 2 })
  expect(jobs[0]).toMatchObject({ timestamp: 1, opts: '{}', stalls: 3, failedReason: null })
  expect(jobs[1]).toMatchObject({ name: 'is active', data: null })
  const silent = await reader.jobs(queue, [{ id: 'is active', data: true }], false)
  expect(silent.jobs).toMatchObject([{ data: '"is active"', log: null }])
})

it('the last lines of active jobs are told apart, page by page', async () => {
  const { reader, queue, key } = open()
  await admin.rpush(key('active'), 'silent', 'one', 'two')
  for (const id of ['one', 'two']) await admin.rpush(`${key(id)}:logs`, 'first', 'same')
  const first = await reader.lastLines(queue, 0, 2)
  expect(first).toMatchObject({ isLast: false, lines: [{ id: 'one' }] })
  const second = await reader.lastLines(queue, 2, 2)
  expect(second).toMatchObject({ isLast: true, lines: [{ id: 'two' }] })
  expect(second.lines[0]?.digest).toBe(first.lines[0]?.digest)
  await admin.rpush(`${key('one')}:logs`, 'another')
  const later = await reader.lastLines(queue, 0, 2)
  expect(later.lines[0]?.digest).not.toBe(first.lines[0]?.digest)
})

it('the list has every job that has not ended, and those that ended since a time', async () => {
  const { reader, queue, key } = open()
  const wait = numbers(0, 12_000)
  await admin.rpush(key('wait'), '0:1700000000000', ...wait)
  await admin.rpush(key('paused'), 'paused')
  await admin.rpush(key('active'), 'active')
  const delayed = numbers(20_000, 31_000)
  // No score is the id of a job.
  await admin.zadd(key('delayed'), ...scored(delayed, (id) => Number(id) + 0.5))
  const prioritized = numbers(40_000, 40_300)
  await admin.zadd(key('prioritized'), ...scored(prioritized, () => 1.5))
  await admin.zadd(key('waiting-children'), 5.5, 'parent')
  await admin.zadd(key('completed'), 99.5, 'old', 100, 'new', 100.5, 'newer')
  await admin.zadd(key('failed'), 99, 'old failed', 101.5, 'new failed')
  expect(await reader.count(queue)).toBe(12_001 + 2 + 11_000 + 300 + 1)
  const found = new Set<string>()
  for await (const ids of reader.list(queue, 100)) for (const id of ids) found.add(id)
  const ended = ['new', 'newer', 'new failed']
  const all = [...wait, 'paused', 'active', ...delayed, ...prioritized, 'parent', ...ended]
  expect([...found].toSorted()).toEqual(all.toSorted())
})

it('jobs that leave while they are listed hide no other', async () => {
  const { reader, queue, key } = open()
  await admin.rpush(key('wait'), ...numbers(0, 7_000))
  await admin.zadd(key('delayed'), ...scored(numbers(10_000, 17_000), Number))
  const found = new Set<string>()
  for await (const ids of reader.list(queue, 0)) {
    for (const id of ids) found.add(id)
    if (ids[0] === '0') await admin.ltrim(key('wait'), 400, -1)
    if (ids[0] === '10000') await admin.zremrangebyrank(key('delayed'), 0, 3_999)
  }
  expect(found.size).toBe(14_000)
})

it('a list of more jobs of one score than a page has an end', async () => {
  const { reader, queue, key } = open()
  await admin.zadd(key('prioritized'), ...scored(numbers(0, 6_000), () => 1), 2, 'next')
  const found = new Set<string>()
  for await (const ids of reader.list(queue, 0)) for (const id of ids) found.add(id)
  expect(found.size).toBe(5_001)
  expect(found).toContain('next')
})
