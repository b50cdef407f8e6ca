import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRedisClient } from '../src/observe/redis-client.ts'
import { createTeardown } from '../src/teardown.ts'
import { quiet } from './support/quiet.ts'
import { startRedis, type TestRedis } from './support/redis.ts'

/** Longer than any test may take. */
const longMs = 600_000

const teardown = createTeardown()
let redis: TestRedis
let admin: Redis
beforeAll(async () => {
  redis = await startRedis()
  teardown.defer(redis.stop)
  admin = new Redis(redis.url)
  teardown.defer(() => admin.disconnect())
})
afterAll(teardown.run)

const connect = (url = redis.url) => {
  const client = createRedisClient({ url }, quiet)
  teardown.defer(client.close)
  return client
}
const places = new Map([
  ['one', '0-0'],
  ['two', '0-0'],
])

it('a wait ends with the streams that have more', async () => {
  const client = connect()
  const waiting = client.untilMore(places, longMs)
  await expect.poll(() => admin.client('LIST')).toContain('cmd=xread')
  await admin.xadd('two', '*', 'event', 'added')
  expect(await waiting).toEqual(['two'])
})

it('a wait is ended from outside, also before it has reached Redis, and after a lost connection', async () => {
  const client = connect()
  const streams = new Map([['none', '0-0']])
  const waiting = client.untilMore(streams, longMs)
  client.wake()
  expect(await waiting).toEqual([])
  const again = client.untilMore(streams, longMs)
  await expect.poll(() => admin.client('LIST')).toContain('cmd=xread')
  client.wake()
  expect(await again).toEqual([])
  await admin.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  // What was lost with its connection is begun again by the caller, as the observer does.
  const last = async (): Promise<string[]> => client.untilMore(streams, longMs).catch(() => last())
  const later = last()
  await expect.poll(() => admin.client('LIST')).toContain('cmd=xread')
  client.wake()
  expect(await later).toEqual([])
})

it('a user that may end no wait waits as long as it said', async () => {
  await admin.call('ACL', 'SETUSER', 'narrow', 'on', '>secret', '~*', '+@all', '-client')
  const client = connect(redis.url.replace('//', '//narrow:secret@'))
  const waiting = client.untilMore(new Map([['none', '0-0']]), 200)
  client.wake()
  expect(await waiting).toEqual([])
})

it('keys of a pattern are found among many', async () => {
  const names = Array.from({ length: 3_000 }, (_, number) => `many:${number}`)
  await admin.mset(...names.flatMap((name) => [name, '1']))
  const found = await connect().keys('many:*')
  expect(found.toSorted()).toEqual(names.toSorted())
})
