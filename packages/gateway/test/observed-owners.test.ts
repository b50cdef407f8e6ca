import { randomUUID } from 'node:crypto'
import { cancel } from '@headway/conformance/wire'
import { describe, expect, it } from 'vitest'
import { type BullmqQueuesOptions, bullmqQueues } from '../src/bullmq.ts'
import { latch } from './support/latch.ts'
import { observe, redis, theirs, versions } from './support/observed-gateway.ts'
import { startRedis } from './support/redis.ts'

/* Programs may use an id again, and put anything into a job: nobody may see another user's. */

const auth = { auth: { authenticate: async () => null } }
const owner = (job: { data: { userId: string } }) => job.data.userId

describe.each(versions)('with %s', (_, bullmq) => {
  it('the job of another user under the same id is not for the first, though it is gone', async () => {
    const name = `q-${randomUUID()}`
    const first = await observe({ queues: [name], owner }, auth)
    const { add, work, row } = theirs(bullmq, name)
    const options = { jobId: 'export', removeOnComplete: true }
    const id = await add('export', { userId: 'ann' }, options)
    await expect.poll(() => row(id)).toMatchObject({ status: 'pending', owner: 'ann' })
    const done = latch()
    const worker = work(async ({ data }) => data.userId)
    await expect.poll(() => row(id)).toMatchObject({ output: 'ann', owner: 'ann' })
    await first.close()
    worker.on('completed', done.open)
    await add('export', { userId: 'bob' }, options)
    await done.opened
    await observe({ queues: [name], owner }, auth)
    await expect.poll(() => row(id)).toMatchObject({ output: 'bob', attempt: 2 })
    // Its data is gone, and whose it was.
    expect(await row(id)).toMatchObject({ owner: null, readers: 'admins' })
  })

  it('an owner that is no text holds up no other job', async () => {
    const name = `q-${randomUUID()}`
    await observe({ queues: [name], owner, name: ({ data }) => data.title }, auth)
    const { add, row } = theirs(bullmq, name)
    const bad = await add('film', { userId: { toString: 1 }, title: { toString: 1 } })
    const good = await add('film', { userId: 'ann', title: 'Metropolis' })
    await expect.poll(() => row(good)).toMatchObject({ owner: 'ann', name: 'Metropolis' })
    expect(await row(bad)).toMatchObject({ owner: null, readers: 'admins', name: 'film' })
  })
})

describe('requests to one of several sources', () => {
  const [, [, bullmq]] = versions
  const source = (options: Partial<BullmqQueuesOptions>) =>
    bullmqQueues({ connection: { url: redis.url }, queues: '*', public: true, ...options })
  const cancelIn = async (url: string, name: string, prefix?: string) => {
    const { queue, add, row, runId } = theirs(bullmq, name, prefix)
    const id = await add('waits', {}, { delay: 60_000 })
    await expect.poll(() => row(id)).toMatchObject({ status: 'pending' })
    expect(await cancel(url, runId(id))).toMatchObject({ status: 'cancelled' })
    expect(await queue.getJob(id)).toBeUndefined()
  }

  it('reach the prefix of their queue, though another one begins like it', async () => {
    const name = `q-${randomUUID()}`
    const both = ['app', 'app:eu'].map((prefix) => source({ queues: [name], prefix }))
    const { url } = await observe({}, { observe: both })
    await cancelIn(url, name, 'app')
    await cancelIn(url, name, 'app:eu')
  })

  it('reach the Redis of their queue, though another one has its prefix', async () => {
    const [name, other] = [`q-${randomUUID()}`, await startRedis([])]
    const far = source({ connection: { url: other.url }, queues: ['far'] })
    try {
      const { url } = await observe({}, { observe: [far, source({ queues: [name] })] })
      await cancelIn(url, name)
    } finally {
      await other.stop()
    }
  })
})
