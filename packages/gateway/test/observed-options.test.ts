import { randomUUID } from 'node:crypto'
import { get, post } from '@headway/conformance/wire'
import { runIdOf } from '@headway/core/queues'
import { Redis } from 'ioredis'
import { expect, it } from 'vitest'
import { bullmq as onBullmq } from '../src/bullmq.ts'
import { job, queueJob } from '../src/index.ts'
import { query } from './support/database.ts'
import { database, observe, redis, theirs, versions } from './support/observed-gateway.ts'

/* The options of a gateway, and of `queueJob()`, as they reach the jobs of observed queues. */

const [, [, bullmq]] = versions
const newQueue = () => theirs(bullmq, `q-${randomUUID()}`)

it('the reason of a failure is masked, and a large result left out', async () => {
  const { queue, add, work, row } = newQueue()
  const limits = { maskErrors: true, maxOutputBytes: 10 }
  await observe({ queues: [queue.name] }, limits)
  work(async ({ name }) => {
    if (name === 'fails') throw new Error('a password')
    return 'more than ten bytes'
  })
  const [fails, large] = [await add('fails'), await add('large')]
  await expect.poll(() => row(fails)).toMatchObject({ status: 'failed', error: 'The job failed' })
  const message = 'Its result is larger than 10 bytes, and is not shown'
  await expect.poll(() => row(large)).toMatchObject({ output: null, message })
})

it('the jobs of the gateway itself are not observed, though their queue is there', async () => {
  const own = `q-${randomUUID()}`
  const { add, row } = newQueue()
  const engine = onBullmq({ connection: { url: redis.url }, queue: own })
  const { url } = await observe({}, { engine, jobs: { film: job({ run: () => null }) } })
  await post(url, '/rpc/film', { args: {} })
  const id = await add('theirs')
  await expect.poll(() => row(id)).toMatchObject({ status: 'pending' })
  const found = await query(database, 'select queue from headway.observed_queue where queue = $1', [
    `bull:${own}`,
  ])
  expect(found).toEqual([])
})

it('jobs that ended within the last day are read when a queue is new', async () => {
  const { queue, add, work, row } = newQueue()
  const ids = [await add('today'), await add('before')]
  const worker = work(async () => 'done')
  await expect.poll(() => queue.getCompletedCount()).toBe(2)
  await worker.close()
  await queue.trimEvents(0)
  const admin = new Redis(redis.url)
  const agoMs = (hours: number): number => Date.now() - hours * 3_600_000
  const [today = '', before = ''] = ids
  await admin.zadd(queue.toKey('completed'), agoMs(23), today, agoMs(25), before)
  await admin.quit()
  await observe({ queues: [queue.name] })
  await expect.poll(() => row(today)).toMatchObject({ status: 'completed', output: 'done' })
  expect(await row(before)).toBeUndefined()
})

it('without auth, everyone sees a job that only events tell of', async () => {
  const { queue, add, work, row, runId } = newQueue()
  const worker = work(async () => 'done')
  const id = await add('quick', {}, { removeOnComplete: true })
  await expect.poll(() => queue.getActiveCount()).toBe(0)
  await expect.poll(() => queue.getJobCounts('wait', 'active')).toEqual({ wait: 0, active: 0 })
  await worker.close()
  const { url } = await observe({ queues: [queue.name], public: false })
  await expect.poll(() => row(id)).toMatchObject({ status: 'completed', readers: null })
  expect(await get(url, `/jobs/${runId(id)}`)).toMatchObject({ status: 200 })
})

it('a request to stop that has not reached its queue is made again', async () => {
  const { queue, add, row, runId } = newQueue()
  await observe({ queues: [queue.name] })
  const id = await add('waits', {}, { delay: 60_000 })
  await expect.poll(() => row(id)).toMatchObject({ status: 'pending' })
  await query(
    database,
    `update headway.run set status = 'cancel_requested', cancel_requested_at = now() where id = $1`,
    [runId(id)],
  )
  await (await queue.getJob(id))?.updateProgress(1)
  await expect.poll(() => row(id)).toMatchObject({ status: 'cancelled' })
})

it('a start has the options of its job', async () => {
  const { queue } = newQueue()
  const options = {
    attempts: 4,
    backoff: { type: 'fixed', delayMs: 7 },
    priority: 3,
    delayMs: 60_000,
    removeOnComplete: 5,
    removeOnFail: { age: 9 },
  } as const
  const { url } = await observe({}, { jobs: { film: queueJob({ queue: queue.name, options }) } })
  await post(url, '/rpc/film', { args: {} })
  const [added] = await queue.getJobs(['delayed'])
  expect(added?.opts).toMatchObject({
    attempts: 4,
    backoff: { type: 'fixed', delay: 7 },
    priority: 3,
    delay: 60_000,
    removeOnComplete: 5,
    removeOnFail: { age: 9 },
  })
  const runId = runIdOf({ queue: queue.name, id: String(added?.id) })
  expect(await get(url, `/jobs/${runId}`)).toMatchObject({ status: 200 })
})

it('a gateway that was closed keeps no connection to Redis', async () => {
  const { queue, add, row, runId } = newQueue()
  await queue.waitUntilReady()
  const admin = new Redis(redis.url)
  const count = async () =>
    String(await admin.client('LIST'))
      .trim()
      .split('\n').length
  await add('waits')
  await expect.poll(count).toBe(2)
  const { url, close } = await observe({ queues: [queue.name] })
  const id = await add('waits')
  await expect.poll(() => row(id)).toMatchObject({ status: 'pending' })
  await post(url, `/jobs/${runId(id)}/cancel`, {})
  await close()
  await expect.poll(count).toBe(2)
  await admin.quit()
})
