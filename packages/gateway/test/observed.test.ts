import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { latch } from './support/latch.ts'
import { observe, theirs, versions } from './support/observed-gateway.ts'

describe.each(versions)('a queue of %s', (_, bullmq) => {
  const newQueue = () => theirs(bullmq, `q-${randomUUID()}`)

  it('shows a job in each state, with its progress, its end and its owner', async () => {
    await observe({ owner: (job) => job.data.userId })
    const { add, work, row } = newQueue()
    const go = latch()
    const id = await add('transcode', { userId: 'ann' })
    await expect.poll(() => row(id)).toMatchObject({ status: 'pending', attempt: 0, progress: 0 })
    work(async (job) => {
      await job.updateProgress({ done: 1, total: 4, message: 'first part' })
      await go.opened
      return { url: '/video' }
    })
    await expect
      .poll(() => row(id))
      .toMatchObject({ status: 'running', attempt: 1, progress: 25, message: 'first part' })
    go.open()
    await expect
      .poll(() => row(id))
      .toEqual({
        status: 'completed',
        attempt: 1,
        progress: 25,
        message: 'first part',
        output: { url: '/video' },
        error: null,
        name: 'transcode',
        owner: 'ann',
        readers: null,
      })
  })

  it('a failure with attempts left is tried again; without, it is the end', async () => {
    await observe({})
    const { add, work, row } = newQueue()
    const backoff = { type: 'fixed', delay: 200 }
    const go = latch()
    const ids = {
      only: await add('fails'),
      later: await add('fails', {}, { attempts: 2, backoff }),
      atOnce: await add('fails', {}, { attempts: 2 }),
      final: await add('final', {}, { attempts: 5 }),
      slow: await add('slow', {}, { attempts: 2, backoff: { type: 'fixed', delay: 60_000 } }),
      better: await add('better', {}, { attempts: 2 }),
    }
    work(async (job) => {
      if (job.name === 'final') throw new bullmq.UnrecoverableError('never')
      if (job.name === 'better' && job.attemptsMade === 1) return go.opened
      throw new Error('disk full')
    })
    const retry = { status: 'retry', error: 'disk full', attempt: 1 }
    await expect.poll(() => row(ids.slow)).toMatchObject(retry)
    await expect
      .poll(() => row(ids.better))
      .toMatchObject({ status: 'running', attempt: 2, error: null })
    go.open()
    await expect.poll(() => row(ids.only)).toMatchObject({ status: 'failed', error: 'disk full' })
    const dead = { status: 'dead_letter', error: 'disk full', attempt: 2 }
    await expect.poll(() => row(ids.later)).toMatchObject(dead)
    await expect.poll(() => row(ids.atOnce)).toMatchObject(dead)
    await expect.poll(() => row(ids.final)).toMatchObject({ status: 'failed', error: 'never' })
    await expect.poll(() => row(ids.better)).toMatchObject({ status: 'completed', error: null })
  })

  it('jobs that leave no trace keep their end: it is in their events', async () => {
    await observe({})
    const { add, work, row } = newQueue()
    const options = { removeOnComplete: true, removeOnFail: true }
    const [done, failed] = [await add('done', {}, options), await add('fails', {}, options)]
    const dead = await add('fails', {}, { ...options, attempts: 2 })
    work(async (job) => {
      if (job.name === 'fails') throw new Error('no')
      return 'done'
    })
    await expect.poll(() => row(done)).toMatchObject({ status: 'completed', output: 'done' })
    await expect.poll(() => row(failed)).toMatchObject({ status: 'failed', error: 'no' })
    await expect.poll(() => row(dead)).toMatchObject({ status: 'dead_letter', error: 'no' })
  })

  it('waiting, delayed, prioritized and paused jobs are pending; removed ones are cancelled', async () => {
    await observe({})
    const { queue, add, row } = newQueue()
    const ids = [
      await add('waits'),
      await add('delayed', {}, { delay: 60_000 }),
      await add('prioritized', {}, { priority: 3 }),
    ]
    await queue.pause()
    ids.push(await add('paused'))
    for (const id of ids) await expect.poll(() => row(id)).toMatchObject({ status: 'pending' })
    const [first = '', ...others] = ids
    await (await queue.getJob(first))?.remove()
    const error = 'It was removed from its queue before its end'
    await expect.poll(() => row(first)).toMatchObject({ status: 'cancelled', error, attempt: 0 })
    for (const id of others) expect(await row(id)).toMatchObject({ status: 'pending' })
    await queue.clean(0, 100, 'wait')
    await queue.clean(0, 100, 'delayed')
    await expect.poll(() => row(others[0] ?? '')).toMatchObject({ status: 'cancelled' })
  })

  it('a retried job goes on with another attempt, and so does one that is added again', async () => {
    await observe({})
    const { queue, add, work, row } = newQueue()
    let isFailing = true
    const worker = work(async () => {
      if (isFailing) throw new Error('no')
      return 'yes'
    })
    const id = await add('again', {}, { jobId: 'one' })
    await expect.poll(() => row(id)).toMatchObject({ status: 'failed', attempt: 1 })
    await worker.pause()
    await (await queue.getJob(id))?.retry('failed')
    await expect.poll(() => row(id)).toMatchObject({ status: 'pending', error: null })
    isFailing = false
    worker.resume()
    await expect
      .poll(() => row(id))
      .toMatchObject({ status: 'completed', attempt: 2, output: 'yes', error: null })
    await (await queue.getJob(id))?.remove()
    await add('again', {}, { jobId: 'one' })
    await expect
      .poll(() => row(id))
      .toMatchObject({ status: 'completed', attempt: 3, output: 'yes' })
  })

  it('a parent waits for its children, and each of them is a run', async () => {
    await observe({})
    const { queue, work, row } = newQueue()
    const flows = new bullmq.FlowProducer({ connection: queue.opts.connection as never })
    const flow = await flows.add({
      name: 'parent',
      queueName: queue.name,
      children: [{ name: 'child', queueName: queue.name }],
    })
    const [parent, child] = [String(flow.job.id), String(flow.children?.[0]?.job.id)]
    await expect
      .poll(() => row(parent))
      .toMatchObject({ status: 'pending', message: 'waiting for its children' })
    work(async (job) => job.name)
    await expect.poll(() => row(child)).toMatchObject({ status: 'completed', output: 'child' })
    await expect.poll(() => row(parent)).toMatchObject({ status: 'completed', output: 'parent' })
    await flows.close()
  })

  it('a job of a lost worker waits for another one', async () => {
    await observe({})
    const { add, work, row } = newQueue()
    const id = await add('lost')
    const fast = { lockDuration: 500, stalledInterval: 200, maxStalledCount: 3 }
    const first = work(() => new Promise(() => undefined), fast)
    // On a busy machine its lock may have run out by now.
    await expect.poll(() => row(id)).toMatchObject({ attempt: 1 })
    await first.close(true)
    work(async () => 'done', fast)
    await expect.poll(() => row(id)).toMatchObject({ status: 'completed', attempt: 2 })
  })

  it('the last log line is the message, also when no event follows it', async () => {
    await observe({ logs: true })
    const { add, work, row } = newQueue()
    const [second, third, end] = [latch(), latch(), latch()]
    work(async (job) => {
      await job.log('first')
      await second.opened
      await job.log('second')
      await third.opened
      await job.updateProgress({ percent: 10, message: 'reported' })
      await job.log('third')
      await end.opened
    })
    const id = await add('logs')
    await expect.poll(() => row(id)).toMatchObject({ status: 'running', message: 'first' })
    second.open()
    await expect.poll(() => row(id)).toMatchObject({ status: 'running', message: 'second' })
    third.open()
    await expect.poll(() => row(id)).toMatchObject({ progress: 10, message: 'reported' })
    end.open()
    await expect.poll(() => row(id)).toMatchObject({ status: 'completed', message: 'reported' })
  })

  it('each run of a schedule is a run', async () => {
    await observe({})
    const { queue, work, row } = newQueue()
    const ran: string[] = []
    work(async (job) => void ran.push(String(job.id)))
    await queue.upsertJobScheduler('tick', { every: 100 }, { name: 'tick' })
    await expect.poll(() => ran.length).toBeGreaterThan(2)
    await queue.removeJobScheduler('tick')
    for (const id of ran) {
      await expect.poll(() => row(id)).toMatchObject({ status: 'completed', name: 'tick' })
    }
  })

  it('an obliterated queue leaves no run without an end', async () => {
    await observe({})
    const { queue, add, row } = newQueue()
    const id = await add('waits')
    await expect.poll(() => row(id)).toMatchObject({ status: 'pending' })
    await queue.obliterate({ force: true })
    // Its stream is gone, too: only the comparison finds that.
    await expect.poll(() => row(id)).toMatchObject({ status: 'not_found' })
  })
})
