import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { expect, it } from 'vitest'
import { query } from './support/database.ts'
import { database, observe, redis, theirs, versions } from './support/observed-gateway.ts'

const [, [, bullmq]] = versions

it.each([
  ['with news from the queue', true],
  ['while the queue is quiet', false],
])('a standby without the newest rows takes over, %s: they are read again', async (_, hasNews) => {
  const name = `q-${randomUUID()}`
  await observe({ queues: [name] })
  const { add, row } = theirs(bullmq, name)
  const kept = await add('kept')
  await expect.poll(() => row(kept)).toMatchObject({ status: 'pending' })
  const cursorOf = 'select cursor from headway.observed_queue where queue = $1'
  const [before] = await query(database, cursorOf, [`bull:${name}`])
  const lost = await add('lost')
  await expect.poll(() => row(lost)).toMatchObject({ status: 'pending' })

  // What an asynchronous standby has not got: the newest row, and the cursor with it.
  await query(
    database,
    `with gone as (delete from headway.run where name = 'lost' and queue = $1)
     update headway.observed_queue set cursor = $2 where queue = $1`,
    [`bull:${name}`, before?.cursor],
  )
  if (hasNews) await add('news')
  await expect.poll(() => row(lost)).toMatchObject({ status: 'pending' })
})

it('a queue that cannot be read holds up no other, at the start or later', async () => {
  const [bad, good] = [`q-${randomUUID()}`, `q-${randomUUID()}`]
  const eventsOf = (name: string) => `bull:${name}:events`
  const admin = new Redis(redis.url)
  try {
    await admin.set(eventsOf(bad), 'no stream')
    const [theirBad, theirGood] = [theirs(bullmq, bad), theirs(bullmq, good)]
    await observe({ queues: [bad, good] })
    const first = await theirGood.add('first')
    await expect.poll(() => theirGood.row(first)).toMatchObject({ status: 'pending' })

    await admin.del(eventsOf(bad))
    const there = await theirBad.add('there')
    await expect.poll(() => theirBad.row(there)).toMatchObject({ status: 'pending' })
    await admin.set(eventsOf(bad), 'no stream')
    const second = await theirGood.add('second')
    await expect.poll(() => theirGood.row(second)).toMatchObject({ status: 'pending' })
  } finally {
    await admin.quit()
  }
})

it('a result that PostgreSQL cannot hold is left out, and holds up no other job', async () => {
  const name = `q-${randomUUID()}`
  await observe({ queues: [name] })
  const { add, work, row, queue } = theirs(bullmq, name)
  const admin = new Redis(redis.url)
  try {
    const deep = await add('deep')
    await expect.poll(() => row(deep)).toMatchObject({ status: 'pending' })
    work(async () => 'flat')
    await expect.poll(() => row(deep)).toMatchObject({ status: 'completed' })
    const nested = '['.repeat(300_000) + ']'.repeat(300_000)
    await admin.hset(queue.toKey(deep), { returnvalue: nested, finishedOn: Date.now() + 1 })
    await admin.xadd(queue.toKey('events'), '*', 'event', 'completed', 'jobId', deep)
    const next = await add('next')
    await expect.poll(() => row(next)).toMatchObject({ status: 'completed', output: 'flat' })
    const message = 'Its result cannot be stored, and is not shown'
    expect(await row(deep)).toMatchObject({ status: 'completed', output: null, message })
  } finally {
    await admin.quit()
  }
})

it('a user of Redis that may only read its keys is enough to show jobs', async () => {
  const name = `q-${randomUUID()}`
  const admin = new Redis(redis.url)
  try {
    const rights = ['+@read', '+eval', '+evalsha', '+info']
    await admin.call('ACL', 'SETUSER', 'reader', 'on', '>secret', '~bull:*', '-@all', ...rights)
    const url = redis.url.replace('//', '//reader:secret@')
    await observe({ connection: { url }, queues: [name, /never/] })
    const { add, work, row } = theirs(bullmq, name)
    const id = await add('film')
    await expect.poll(() => row(id)).toMatchObject({ status: 'pending' })
    work(async () => 'done')
    await expect.poll(() => row(id)).toMatchObject({ status: 'completed', output: 'done' })
  } finally {
    await admin.quit()
  }
})
