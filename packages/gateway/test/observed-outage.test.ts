import { randomUUID } from 'node:crypto'
import { cancel } from '@headway/conformance/wire'
import { runIdOf } from '@headway/core/queues'
import { freePort } from '@headway/test-kit/network/free-port'
import { Queue, Worker } from 'bullmq'
import { Cluster, Redis } from 'ioredis'
import { expect, it } from 'vitest'
import { query } from './support/database.ts'
import { database, observe, redis, theirs, versions } from './support/observed-gateway.ts'
import { startRedis } from './support/redis.ts'

const [, [, bullmq]] = versions
const newQueue = () => theirs(bullmq, `q-${randomUUID()}`)

it('events that were trimmed while nobody observed: all is read again, and what cannot be known is said', async () => {
  const first = await observe({})
  const { queue, add, work, row } = newQueue()
  const [kept, gone, waits] = [
    await add('a'),
    await add('b', {}, { removeOnComplete: true }),
    await add('c', {}, { delay: 60_000 }),
  ]
  for (const id of [kept, gone, waits])
    await expect.poll(() => row(id)).toMatchObject({ status: 'pending' })
  await first.close()
  const worker = work(async () => 'done')
  await expect
    .poll(() => queue.getJobCounts('completed', 'wait'))
    .toEqual({ completed: 1, wait: 0 })
  await expect.poll(() => queue.getActiveCount()).toBe(0)
  const late = await add('d')
  await expect.poll(() => queue.getCompletedCount()).toBe(2)
  await worker.close()
  await queue.trimEvents(0)
  await observe({})
  await expect.poll(() => row(kept)).toMatchObject({ status: 'completed', output: 'done' })
  await expect.poll(() => row(late)).toMatchObject({ status: 'completed', output: 'done' })
  const error = 'Its queue does not have it any more, and nothing tells how it ended'
  await expect.poll(() => row(gone)).toMatchObject({ status: 'not_found', error })
  expect(await row(waits)).toMatchObject({ status: 'pending' })
})

it('an old copy of Redis comes back: runs follow what it has', async () => {
  await observe({})
  const { queue, add, work, row } = newQueue()
  const id = await add('a')
  const worker = work(async () => 'done')
  await expect.poll(() => row(id)).toMatchObject({ status: 'completed', attempt: 1 })
  await worker.close()
  const admin = new Redis(redis.url)
  // As it was before the job was taken, and its newest events lost.
  await admin.zrem(queue.toKey('completed'), id)
  await admin.hdel(queue.toKey(id), 'finishedOn', 'processedOn', 'returnvalue', 'atm', 'ats')
  await admin.rpush(queue.toKey('wait'), id)
  const entries = await admin.xrange(queue.toKey('events'), '-', '+')
  await admin.xdel(queue.toKey('events'), ...entries.slice(1).map(([at]) => at))
  await admin.quit()
  await add('b')
  await expect.poll(() => row(id)).toMatchObject({ status: 'pending', output: null })
  work(async () => 'again')
  await expect
    .poll(() => row(id))
    .toMatchObject({ status: 'completed', output: 'again', attempt: 2 })
})

it('a gateway starts while Redis is away, and observes it once it is there', async () => {
  const port = await freePort()
  const name = `q-${randomUUID()}`
  await observe({ connection: { port, retryStrategy: () => 50 }, queues: [name] })
  const late = await startRedis(undefined, port)
  const queue = new Queue(name, { connection: { port } })
  try {
    const { id } = await queue.add('a', {})
    await expect
      .poll(() =>
        query(database, 'select status from headway.run where id = $1', [
          runIdOf({ queue: name, id: String(id) }),
        ]),
      )
      .toEqual([{ status: 'pending' }])
  } finally {
    await queue.close()
    await late.stop()
  }
})

it('bullmq#648: a failover makes a replica of the observed Redis: runs go on, and are cancelled later', async () => {
  const [first, second] = [await startRedis(), await startRedis()]
  const [one, other] = [new Redis(first.url), new Redis(second.url)]
  const isInSync = async (replica: Redis) =>
    (await replica.info('replication')).includes('master_link_status:up')
  await other.replicaof('127.0.0.1', first.port)
  await expect.poll(() => isInSync(other)).toBe(true)
  const name = `q-${randomUUID()}`
  const { url } = await observe({ connection: { url: first.url }, queues: [name] })
  const row = async (id: string) =>
    (
      await query(database, 'select status, output from headway.run where id = $1', [
        runIdOf({ queue: name, id }),
      ])
    )[0]
  const before = new Queue(name, { connection: { url: first.url } })
  await before.add('a', {}, { jobId: 'runs' })
  await before.add('a', {}, { jobId: 'waits', delay: 600_000 })
  for (const id of ['runs', 'waits']) {
    await expect.poll(() => row(id)).toEqual({ status: 'pending', output: null })
  }
  await before.close()
  await other.replicaof('NO', 'ONE')
  await one.replicaof('127.0.0.1', second.port)
  await expect.poll(() => isInSync(one)).toBe(true)
  const worker = new Worker(name, async () => 'done', {
    connection: { url: second.url, maxRetriesPerRequest: null },
  })
  await expect.poll(() => row('runs')).toEqual({ status: 'completed', output: 'done' })
  // What reads for the observer cannot write: the run keeps the request.
  const waits = runIdOf({ queue: name, id: 'waits' })
  expect(await cancel(url, waits)).toMatchObject({ status: 'cancel_requested' })
  await other.replicaof('127.0.0.1', first.port)
  await one.replicaof('NO', 'ONE')
  expect(await cancel(url, waits)).toMatchObject({ status: 'cancelled' })
  await worker.close(true)
  one.disconnect()
  other.disconnect()
  await first.stop()
  await second.stop()
})

it('observes a Redis Cluster, with a prefix in braces or none', async () => {
  const node = await startRedis(['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'])
  const admin = new Redis(node.url)
  await admin.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
  await expect.poll(() => admin.cluster('INFO')).toContain('cluster_state:ok')
  admin.disconnect()
  const connect = () =>
    new Cluster([{ host: '127.0.0.1', port: node.port }], {
      redisOptions: { maxRetriesPerRequest: null },
    })
  const [ours, theirOwn] = [connect(), connect()]
  const [prefix, names] = ['{bull}', ['one', 'two']]
  const gateway = await observe({ connection: ours, prefix })
  const workers = names.map(
    (name) => new Worker(name, async () => name, { connection: theirOwn, prefix }),
  )
  const queues = names.map((name) => new Queue(name, { connection: theirOwn, prefix }))
  for (const queue of queues) {
    const { id } = await queue.add('a', {})
    const runId = runIdOf({ queue: queue.name, id: String(id), prefix })
    await expect
      .poll(() => query(database, 'select status, output from headway.run where id = $1', [runId]))
      .toEqual([{ status: 'completed', output: queue.name }])
  }
  await Promise.all([...workers, ...queues].map((one) => one.close()))
  await gateway.close()
  ours.disconnect()
  theirOwn.disconnect()
  await node.stop()
})
