import { get, post, read, start, subscribe } from '@headway/conformance/wire'
import { createClient, defineJob } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { query } from './support/database.ts'
import { database, isDone, open, url, work } from './support/jobs-gateway.ts'

describe('following a job', () => {
  it('two clients follow one job from pending to completed, and never backwards', async () => {
    const jobId = await start(url, 'count', { rows: 500 })
    const [first, second] = [await open(), await open()]
    for (const stream of [first, second]) {
      expect(await subscribe(url, stream, jobId)).toMatchObject({
        job_id: jobId,
        status: 'pending',
        progress: 0,
        attempt: 0,
        revision: expect.any(Number),
      })
    }
    await work()
    for (const stream of [first, second]) {
      const last = await stream.until(isDone)
      expect(last).toMatchObject({
        status: 'completed',
        progress: 100,
        message: 'row 500 of 500',
        output: { rows: 500 },
        error: null,
        attempt: 1,
      })
      const revisions = stream.pushed.map(({ revision }) => revision ?? 0)
      expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
      expect(stream.pushed.at(-1)).toEqual(last)
    }
  })

  it('a late client gets the snapshot, and nothing after it', async () => {
    await work()
    const early = await open()
    const jobId = await start(url, 'count', { rows: 3 })
    await subscribe(url, early, jobId)
    const last = await early.untilKnown(isDone)
    const late = await open()
    expect(await subscribe(url, late, jobId)).toEqual(last)
    expect(await read(url, jobId)).toMatchObject({ ...last })
    // What another job does next goes to those who watch that one.
    const other = await start(url, 'count', { rows: 1 })
    await subscribe(url, late, other)
    await late.untilKnown(({ job_id, status }) => job_id === other && status === 'completed')
    expect(late.pushed.filter(({ job_id }) => job_id === jobId)).toEqual([])
  })

  it('sees every one of 400 jobs completed, at concurrency 16, over one stream', async () => {
    await work(16)
    const client = createClient({ url })
    const quick = defineJob<null, null>('quick')
    const results = Array.from({ length: 400 }, () => client.start(quick, null).result)
    expect(await Promise.all(results)).toEqual(results.map(() => null))
    client.close()
    const [row] = await query<{ count: string }>(
      database,
      `select count(*) from headway.run where name = 'quick' and status = 'completed'`,
    )
    expect(row?.count).toBe('400')
  })

  it('a registration is gone after unsubscribe', async () => {
    const stream = await open()
    const jobId = await start(url, 'count', { rows: 1 })
    await subscribe(url, stream, jobId)
    const body = { ...stream.session, id: jobId, kind: 'job' }
    expect(await post(url, '/unsubscribe', body)).toMatchObject({
      status: 200,
      body: { success: true },
    })
    expect(await post(url, '/unsubscribe', body)).toMatchObject({
      status: 404,
      body: { error: { code: 'SUBSCRIPTION_NOT_FOUND' } },
    })
  })

  it('keeps what text and JSON cannot hold from breaking a job', async () => {
    await work()
    const stream = await open()
    const args = { 'b\0': ['\ud800', Number.POSITIVE_INFINITY, 'ok'], a: '€' }
    const jobId = await start(url, 'odd', args)
    await subscribe(url, stream, jobId)
    const { status, output } = await stream.untilKnown(isDone)
    expect(status).toBe('completed')
    expect(output).toEqual({
      args: { 'b\0': ['\ufffd', null, 'ok'], a: '€' },
      text: 'a\0b\ufffdc',
    })
  })
})

it('the last report is in the end as it was made, and none fails its job', async () => {
  await work()
  const stream = await open()
  const jobId = await start(url, 'careless')
  await subscribe(url, stream, jobId)
  expect(await stream.untilKnown(isDone)).toMatchObject({
    status: 'completed',
    progress: 100,
    message: null,
  })
})

describe('how jobs fail', () => {
  it.each([
    ['failing', { status: 'failed', error: 'disk \ufffdfull', attempt: 1 }],
    ['failingTwice', { status: 'dead_letter', error: 'disk full', attempt: 2 }],
    ['failingOnce', { status: 'completed', output: 2, error: null, attempt: 2 }],
    ['unspeakable', { status: 'failed', attempt: 1 }],
  ])('%s', async (name, expected) => {
    await work()
    const stream = await open()
    const jobId = await start(url, name)
    await subscribe(url, stream, jobId)
    expect(await stream.untilKnown(isDone)).toMatchObject(expected)
    const retries = stream.pushed.filter(({ status }) => status === 'retry')
    expect(retries.map(({ error }) => error)).toEqual(
      name.startsWith('failing') && expected.attempt === 2 ? ['disk full'] : [],
    )
  })
})

it('says that it is healthy and ready', async () => {
  expect(await get(url, '/health')).toMatchObject({ status: 200, body: { status: 'healthy' } })
  expect(await get(url, '/ready')).toMatchObject({
    status: 200,
    body: { ready: true, database: true, reactor: true, notify_queue_ok: true },
  })
})
