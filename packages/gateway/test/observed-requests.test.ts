import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { cancel, get, openStream, post, read } from '@headway/conformance/wire'
import { createClient, defineJob } from '@headway/core'
import { runIdOf } from '@headway/core/queues'
import { describe, expect, it } from 'vitest'
import { ConfigurationError, createGateway, queueJob } from '../src/index.ts'
import { withCancel } from '../src/with-cancel.ts'
import { query } from './support/database.ts'
import { database, observe, theirs, versions } from './support/observed-gateway.ts'
import { quiet } from './support/quiet.ts'

describe.each(versions)('from a page, with %s', (_, bullmq) => {
  const newQueue = () => theirs(bullmq, `q-${randomUUID()}`)

  it('a page attaches by the id of the job, and sees its end', async () => {
    const { url } = await observe({})
    const { queue, add, work } = newQueue()
    const id = await add('transcode', { n: 1 })
    await expect
      .poll(async () => (await get(url, `/jobs/${runIdOf({ queue: queue.name, id })}`)).status)
      .toBe(200)
    const client = createClient({ url })
    const transcode = defineJob<{ n: number }, { n: number }>('transcode')
    const handle = client.attach(transcode, runIdOf({ queue: queue.name, id }))
    const result = handle.result
    work(async (job) => ({ n: job.data.n + 1 }))
    expect(await result).toEqual({ n: 2 })
    client.close()
  })

  it('a page may ask before the gateway has seen the job', async () => {
    const { url } = await observe({})
    const { add, row, runId } = newQueue()
    const first = await add('first')
    await expect.poll(() => row(first)).toMatchObject({ status: 'pending' })
    const id = randomUUID()
    const asked = get(url, `/jobs/${runId(id)}`)
    await add('transcode', {}, { jobId: id })
    expect(await asked).toMatchObject({ status: 200 })
    expect(await get(url, `/jobs/${randomUUID()}`)).toMatchObject({ status: 404 })
  })

  it('a job that does not come holds up no other answer', async () => {
    const { url } = await observe({})
    const { add, row, runId } = newQueue()
    const id = await add('is there')
    await expect.poll(() => row(id)).toMatchObject({ status: 'pending' })
    const items = [runId('never'), runId(id)].map((job) => ({ kind: 'job', id: job, job_id: job }))
    const expected = [
      { id: runId(id), success: true },
      { id: runId('never'), success: false, error: { code: 'JOB_NOT_FOUND' } },
    ]
    const stream = await openStream(url, {}, '?client=headway.1', items)
    await stream.untilAnswers(2)
    expect(stream.answers).toMatchObject(expected)
    const batch = { ...stream.session, seq: 1, items }
    expect(await post(url, '/subscribe-batch', batch)).toMatchObject({
      status: 202,
      body: { success: true, data: null },
    })
    await stream.untilAnswers(4)
    expect(stream.answers.slice(2)).toMatchObject(expected)
    expect(stream.events.filter((type) => type === 'answers')).toHaveLength(4)
    stream.close()
    // Streams of earlier servers' clients take no answers: theirs are in one.
    const old = await openStream(url)
    const answer = await post(url, '/subscribe-batch', { ...old.session, items })
    expect(answer).toMatchObject({ status: 200, body: { data: expected.toReversed() } })
    old.close()
  })

  it('a waiting job leaves its queue when it is cancelled, with the reason', async () => {
    const { url } = await observe({})
    const { queue, add, row, runId } = newQueue()
    const id = await add('waits', {}, { delay: 60_000 })
    await expect.poll(() => row(id)).toMatchObject({ status: 'pending' })
    expect(await cancel(url, runId(id), 'not now')).toMatchObject({
      status: 'cancelled',
      error: 'not now',
    })
    expect(await queue.getJob(id)).toBeUndefined()
  })

  it('a running job stops where its worker looks, and is not tried again', async () => {
    const { url } = await observe({})
    const { add, work, row, runId } = newQueue()
    work(
      withCancel(
        async (_job, _token, signal) => {
          await once(signal, 'abort')
          throw signal.reason
        },
        { everyMs: 20 },
      ),
    )
    const id = await add('stops', {}, { attempts: 3 })
    await expect.poll(() => row(id)).toMatchObject({ status: 'running' })
    await cancel(url, runId(id), 'enough')
    await expect
      .poll(() => row(id))
      .toMatchObject({ status: 'cancelled', error: 'enough', attempt: 1 })
  })

  it('a running job whose worker does not look says so, and may complete', async () => {
    const { url } = await observe({})
    const { add, work, row, runId } = newQueue()
    let finish = (): void => undefined
    work(() => new Promise<void>((resolve) => (finish = resolve)))
    const id = await add('goes on')
    await expect.poll(() => row(id)).toMatchObject({ status: 'running' })
    expect(await cancel(url, runId(id))).toMatchObject({
      status: 'cancel_requested',
      message: expect.stringContaining('may finish it all the same'),
    })
    finish()
    await expect.poll(() => row(id)).toMatchObject({ status: 'completed' })
  })

  it('a failed job is retried by its own queue; one that is gone is not', async () => {
    const { url } = await observe({})
    const { queue, add, work, row, runId } = newQueue()
    let isFailing = true
    const worker = work(async () => {
      if (isFailing) throw new Error('no')
      return 'yes'
    })
    const [id, gone] = [await add('again'), await add('gone', {}, { removeOnFail: true })]
    for (const one of [id, gone])
      await expect.poll(() => row(one)).toMatchObject({ status: 'failed' })
    await worker.pause()
    const answer = await post(url, `/jobs/${runId(id)}/retry`, {})
    expect(answer).toMatchObject({
      status: 200,
      body: { data: { status: 'pending', error: null } },
    })
    isFailing = false
    worker.resume()
    await expect.poll(() => row(id)).toMatchObject({ status: 'completed', attempt: 2 })
    expect(await queue.getJob(gone)).toBeUndefined()
    expect(await post(url, `/jobs/${runId(gone)}/retry`, {})).toMatchObject({
      status: 409,
      body: { error: { code: 'CONFLICT' } },
    })
  })

  it('a queue that the gateway adds to is observed before its first job', async () => {
    const name = `q-${randomUUID()}`
    await observe({}, { jobs: { transcode: queueJob({ queue: name }) } })
    const held = () =>
      query(database, 'select cursor from headway.observed_queue where queue = $1', [
        `bull:${name}`,
      ])
    await expect.poll(held).toEqual([{ cursor: '0-0' }])
  })

  it('a start adds to their queue, once for one key, and belongs to the caller', async () => {
    const { queue, work } = newQueue()
    const transcode = queueJob({ queue: queue.name, name: 'video' })
    const authenticate = async () => ({ id: 'ann' })
    const { url } = await observe(
      { owner: () => 'somebody else' },
      { jobs: { transcode }, auth: { authenticate } },
    )
    const headers = { 'x-idempotency-key': randomUUID(), 'content-type': 'application/json' }
    const body = JSON.stringify({ args: { n: 1 } })
    const send = async () =>
      (await fetch(`${url}/_api/rpc/transcode`, { method: 'POST', headers, body })).json()
    const [first, second] = [await send(), await send()]
    expect(first.data).toEqual(second.data)
    expect(await queue.getJobCounts('wait')).toEqual({ wait: 1 })
    const [job] = await queue.getJobs(['wait'])
    expect(job).toMatchObject({ name: 'video', data: { n: 1 } })
    const runId = runIdOf({ queue: queue.name, id: String(job?.id) })
    expect(first).toMatchObject({ data: { job_id: runId } })
    work(async ({ data }) => data.n)
    await expect.poll(() => read(url, runId)).toMatchObject({ status: 'completed', output: 1 })
  })
})

it('a job without an owner is for admins alone, unless all may see it; nobody else may stop it', async () => {
  const [, six] = versions[1]
  const { add, row, runId } = theirs(six, `q-${randomUUID()}`)
  const [own, nobodys] = [await add('a', { userId: 'ann' }), await add('b')]
  const authenticate = async ({ headers }: { headers: Headers }) => {
    const id = headers.get('x-user') ?? ''
    return { id, roles: id === 'root' ? ['admin'] : [] }
  }
  const owner = (job: { data: { userId?: string } }) => job.data.userId ?? null
  const closed = await observe({ public: false, owner }, { auth: { authenticate } })
  await expect.poll(() => row(nobodys)).toMatchObject({ owner: null, readers: 'admins' })
  const status = async (url: string, id: string, user: string, path = '') => {
    const method = path ? 'POST' : 'GET'
    const body = path ? { body: '{}' } : {}
    const headers = { 'x-user': user, 'content-type': 'application/json' }
    return (await fetch(`${url}/_api/jobs/${runId(id)}${path}`, { method, headers, ...body }))
      .status
  }
  expect(await status(closed.url, own, 'ann')).toBe(200)
  expect(await status(closed.url, own, 'bob')).toBe(403)
  expect(await status(closed.url, nobodys, 'ann')).toBe(403)
  expect(await status(closed.url, nobodys, 'root')).toBe(200)
  await closed.close()
  const open = await observe({ owner }, { auth: { authenticate } })
  const other = await add('c')
  await expect.poll(() => row(other)).toMatchObject({ readers: 'everyone' })
  expect(await status(open.url, other, 'bob')).toBe(200)
  expect(await status(open.url, other, 'bob', '/cancel')).toBe(403)
  expect(await status(open.url, other, 'root', '/cancel')).toBe(200)
})

it('a start into a queue that is not observed is a wrong option', async () => {
  const jobs = { transcode: queueJob({ queue: 'transcode' }) }
  const making = createGateway({ database: 'postgresql://nowhere/x', jobs, logger: quiet })
  await expect(making).rejects.toThrow(ConfigurationError)
  await expect(making).rejects.toThrow('whose queue transcode is not observed')
  expect(() => queueJob({} as never)).toThrow(ConfigurationError)
})
