import { randomUUID } from 'node:crypto'
import { get } from '@headway/conformance/wire'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query } from './support/database.ts'
import { latch } from './support/latch.ts'
import { database, observe, redis, theirs, versions } from './support/observed-gateway.ts'

/* Situations of public reports about BullMQ, in which pages showed nothing or the wrong thing. */

let admin: Redis
beforeAll(() => {
  admin = new Redis(redis.url)
})
afterAll(() => admin.disconnect())

describe.each(versions)('with %s', (_, bullmq) => {
  const newQueue = () => theirs(bullmq, `q-${randomUUID()}`)

  it('bullmq#2517: events that are trimmed in a rush lose no end', async () => {
    await observe({})
    const { queue, work } = newQueue()
    const count = 400
    const jobs = Array.from({ length: count }, (_, number) => ({ name: 'rush', data: { number } }))
    await queue.addBulk(jobs)
    work(
      async ({ data }) => {
        // As an application does that keeps few events, and more strictly.
        if (data.number % 20 === 0) await queue.trimEvents(0)
        return data.number
      },
      { concurrency: 20 },
    )
    const ends = () =>
      query(
        database,
        `select count(distinct output::text)::integer as ends from headway.run
          where queue = $1 and status = 'completed'`,
        [`bull:${queue.name}`],
      )
    await expect.poll(ends).toEqual([{ ends: count }])
  })

  it('bullmq#85: a job that is done and removed before anyone looks has its end, for admins', async () => {
    const { add, work, row } = newQueue()
    const finished = latch()
    const worker = work(async () => 'done')
    worker.on('completed', finished.open)
    const id = await add('quick', { userId: 'ann' }, { removeOnComplete: true })
    await finished.opened
    const owner = ({ data }: { data: { userId: string } }) => data.userId
    await observe({ owner, public: false }, { auth: { authenticate: async () => null } })
    await expect.poll(() => row(id)).toMatchObject({ status: 'completed', output: 'done' })
    // Its data went with it.
    expect(await row(id)).toMatchObject({ name: 'quick', owner: null, readers: 'admins' })
  })

  it('bull#1243: a job whose lock was lost ends once, as its second worker says', async () => {
    await observe({})
    const { queue, add, work, row } = newQueue()
    const fast = { lockDuration: 60_000, stalledInterval: 100, maxStalledCount: 3 }
    const [late, done] = [latch(), latch()]
    const answers = [late.opened.then(() => 'first'), done.opened.then(() => 'second')]
    const first = work(async () => answers.shift(), { ...fast, skipStalledCheck: true })
    const id = await add('slow')
    await expect.poll(() => row(id)).toMatchObject({ status: 'running', attempt: 1 })
    await first.pause(true)
    await admin.del(`${queue.toKey(id)}:lock`)
    work(async () => answers.shift(), fast)
    await expect.poll(() => row(id)).toMatchObject({ status: 'running', attempt: 2 })
    // The first worker comes back: BullMQ refuses what it says.
    late.open()
    done.open()
    const end = { status: 'completed', output: 'second', attempt: 2 }
    await expect.poll(() => row(id)).toMatchObject(end)
  })

  it('bullmq#3463: a job that stalls too often has failed', async () => {
    await observe({})
    const { queue, add, work, row } = newQueue()
    const fast = { lockDuration: 60_000, stalledInterval: 100, maxStalledCount: 0 }
    const first = work(() => new Promise(() => undefined), { ...fast, skipStalledCheck: true })
    const id = await add('stalls', {}, { attempts: 3 })
    await expect.poll(() => row(id)).toMatchObject({ status: 'running' })
    await first.close(true)
    await admin.del(`${queue.toKey(id)}:lock`)
    work(async () => 'never', fast)
    const error = 'job stalled more than allowable limit'
    await expect.poll(() => row(id)).toMatchObject({ status: 'failed', error, output: null })
  })

  it('bullmq#2229: a parent fails with its child, though it is removed and another child runs', async () => {
    await observe({})
    const { queue, work, row } = newQueue()
    const flows = new bullmq.FlowProducer({ connection: queue.opts.connection as never })
    const flow = await flows.add({
      name: 'parent',
      queueName: queue.name,
      opts: { removeOnFail: true },
      children: [
        { name: 'fails', queueName: queue.name, opts: { failParentOnFailure: true } },
        { name: 'runs', queueName: queue.name },
      ],
    })
    const end = latch()
    work(
      async ({ name }) => {
        if (name === 'fails') throw new Error('no')
        if (name === 'runs') await end.opened
        return name
      },
      { concurrency: 3 },
    )
    const idOf = (name: string): string =>
      String(flow.children?.find(({ job }) => job.name === name)?.job.id)
    await expect.poll(() => row(idOf('fails'))).toMatchObject({ status: 'failed', error: 'no' })
    const error = expect.stringContaining('failed')
    await expect.poll(() => row(String(flow.job.id))).toMatchObject({ status: 'failed', error })
    expect(await row(idOf('runs'))).toMatchObject({ status: 'running' })
    end.open()
    await expect.poll(() => row(idOf('runs'))).toMatchObject({ status: 'completed' })
    await flows.close()
  })

  it('bullmq#3122: a parent whose child failed for good waits, as it does in its queue', async () => {
    await observe({})
    const { queue, work, row } = newQueue()
    const flows = new bullmq.FlowProducer({ connection: queue.opts.connection as never })
    const children = [{ name: 'child', queueName: queue.name }]
    const flow = await flows.add({ name: 'parent', queueName: queue.name, children })
    const [parent, child] = [String(flow.job.id), String(flow.children?.[0]?.job.id)]
    work(async () => {
      throw new Error('no')
    })
    await expect.poll(() => row(child)).toMatchObject({ status: 'failed' })
    const message = 'waiting for its children'
    expect(await row(parent)).toMatchObject({ status: 'pending', message })
    await (await queue.getJob(child))?.remove()
    await expect.poll(() => row(parent)).toMatchObject({ status: 'failed', message: null })
    await flows.close()
  })

  it('bullmq#4030: a job that was left out as a duplicate is not found; its successor is a run', async () => {
    const { url } = await observe({})
    const { queue, add, work, row, runId } = newQueue()
    const [go, ran] = [latch(), [] as string[]]
    work(async (job) => {
      ran.push(String(job.id))
      if (ran.length === 1) await go.opened
      return job.data.number
    })
    const deduplication = { id: 'one', keepLastIfActive: true }
    const first = await add('a', { number: 1 }, { jobId: 'custom-1', deduplication })
    await expect.poll(() => row(first)).toMatchObject({ status: 'running' })
    await queue.add('a', { number: 2 }, { jobId: 'custom-2', deduplication })
    expect(await get(url, `/jobs/${runId('custom-2')}`)).toMatchObject({ status: 404 })
    expect(await row(first)).toMatchObject({ status: 'running', attempt: 1 })
    go.open()
    await expect.poll(() => row(first)).toMatchObject({ status: 'completed', output: 1 })
    await expect.poll(() => ran).toHaveLength(2)
    await expect.poll(() => row(ran[1] ?? '')).toMatchObject({ status: 'completed', output: 2 })
  })

  it('bullmq#3765: an id that is added again while its job is kept changes nothing', async () => {
    await observe({})
    const { queue, add, work, row } = newQueue()
    work(async ({ data }) => data.number)
    const id = await add('a', { number: 1 }, { jobId: 'same' })
    const end = { status: 'completed', output: 1, attempt: 1 }
    await expect.poll(() => row(id)).toMatchObject(end)
    await add('a', { number: 2 }, { jobId: 'same' })
    const next = await add('b', { number: 3 })
    await expect.poll(() => row(next)).toMatchObject({ status: 'completed' })
    expect(await row(id)).toMatchObject(end)
    expect(await queue.getCompletedCount()).toBe(2)
  })

  it('bullmq#2152: a retry that counts from the start again is the next attempt', async () => {
    await observe({})
    const { queue, add, work, row } = newQueue()
    let isFailing = true
    work(async () => {
      if (isFailing) throw new Error('no')
    })
    const id = await add('a', {}, { attempts: 2 })
    await expect.poll(() => row(id)).toMatchObject({ status: 'dead_letter', attempt: 2 })
    isFailing = false
    const job = await queue.getJob(id)
    await job?.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true })
    await expect.poll(() => row(id)).toMatchObject({ status: 'completed', attempt: 3 })
  })

  it('bullmq#2870: a hash without its job is no job', async () => {
    await observe({})
    const { queue, add, row } = newQueue()
    const first = await add('waits')
    await expect.poll(() => row(first)).toMatchObject({ status: 'pending' })
    await admin.hset(queue.toKey('ghost'), { failedReason: 'Missing key for job ghost' })
    await admin.xadd(queue.toKey('events'), '*', 'event', 'progress', 'jobId', 'ghost')
    const next = await add('waits')
    await expect.poll(() => row(next)).toMatchObject({ status: 'pending' })
    expect(await row('ghost')).toBeUndefined()
  })
})
