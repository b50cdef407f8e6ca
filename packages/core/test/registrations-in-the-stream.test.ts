import { describe, expect, it } from 'vitest'
import type { BatchAnswer } from '../src/protocol/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import {
  answered,
  createPage,
  exportUsers,
  follow,
  scriptNext,
  statuses,
  textOf,
  watch,
} from './support/carrying.ts'

/* PROTOCOL.md, "Registrations in the stream": a client and its server. */

describe('1: one request opens the stream and registers', () => {
  it('100 jobs and 100 queries, after a drop', async () => {
    const fake = createPage()
    const stores = [...follow(fake, 100), ...watch(fake, 100)]
    await fake.settled()
    const before = fake.gateway.requests.length
    fake.gateway.drop(new TypeError('network lost'))
    await fake.advance(1_000)
    expect(statuses(stores)).toEqual(['live'])
    expect(fake.gateway.requests.slice(before).map(textOf)).toEqual(['POST /events 200'])
  })

  it('the first 1,000 of more; batches register the others', async () => {
    const fake = createPage()
    const jobs = follow(fake, 1_150)
    await fake.advance(0)
    expect(statuses(jobs)).toEqual(['live'])
    expect(fake.gateway.requests.map(textOf)).toEqual([
      'POST /events 1000',
      'POST /subscribe-batch 100',
      'POST /subscribe-batch 50',
    ])
  })

  it('as many as a body may hold; batches register the others', async () => {
    const fake = createPage()
    const stores = [...follow(fake, 10), ...watch(fake, 40, 60_000)]
    await fake.advance(0)
    expect(statuses(stores)).toEqual(['live'])
    const sizes = fake.gateway.requests.map(({ body }) => JSON.stringify(body).length)
    expect(Math.max(...sizes)).toBeLessThan(1_048_576 / 3)
    expect(fake.gateway.count('/events')).toBe(1)
  })

  it('nothing, when all that is followed was released while a token was awaited', async () => {
    let sign: (token: string) => void = () => undefined
    const fake = createFakeClient(
      {},
      {
        token: () =>
          new Promise<string>((resolve) => {
            sign = resolve
          }),
      },
    )
    const [job] = follow(fake, 1)
    await fake.settled()
    job?.unsubscribe()
    await fake.advance(2_000)
    sign('ann')
    await fake.settled()
    expect(fake.gateway.requests.map(textOf)).toEqual(['POST /events 0'])
    expect(fake.gateway.registrations()).toEqual([])
  })
})

describe('2: answers come in the stream', () => {
  it('in any order and any number of events: none waits for another', async () => {
    const fake = createPage()
    const stream = scriptNext(fake)
    const jobs = follow(fake, 2)
    const [slow] = watch(fake, 1)
    await fake.settled()
    stream.connect()
    stream.send({ type: 'answers', answers: [answered(fake, 'job-2')] })
    await fake.settled()
    const [first, second] = jobs.map((job) => job.getSnapshot().sync.status)
    expect([first, second]).toEqual(['connecting', 'live'])
    stream.send({ type: 'answers', answers: [answered(fake, 'job-1')] })
    await fake.settled()
    expect(statuses(jobs)).toEqual(['live'])
    expect(slow?.getSnapshot().loading).toBe(true)
    stream.send({
      type: 'answers',
      answers: [{ kind: 'query', id: 'q1', success: true, data: 'late', revision: 1 }],
    })
    await fake.settled()
    expect(slow?.getSnapshot()).toMatchObject({ data: 'late', sync: { status: 'live' } })
    expect(fake.client.connection.getSnapshot()).toMatchObject({ status: 'open', attempt: 0 })
  })

  it('and pushes are newer than the answer that came before them', async () => {
    const fake = createPage()
    const stream = scriptNext(fake)
    const [job] = follow(fake, 1)
    await fake.settled()
    stream.connect()
    stream.send({ type: 'answers', answers: [answered(fake, 'job-1')] })
    const payload = { ...fake.gateway.run('job-1'), progress: 70, revision: 9 }
    stream.send({ type: 'update', target: 'job:job-1', payload })
    await fake.settled()
    expect(job?.getSnapshot()).toMatchObject({ progress: 70, sync: { status: 'live' } })
  })

  it('also the refusal of an item, which affects no other', async () => {
    const fake = createPage()
    const missing = fake.client.attach(exportUsers, 'nobody')
    missing.subscribe(() => undefined)
    const jobs = follow(fake, 2)
    await fake.settled()
    expect(missing.getSnapshot().phase).toBe('missing')
    expect(statuses(jobs)).toEqual(['live'])
  })

  it('the stream may end between `connected` and them: the next one carries the items', async () => {
    const fake = createPage()
    const stream = scriptNext(fake)
    const jobs = follow(fake, 3)
    await fake.settled()
    stream.connect()
    await fake.settled()
    expect(fake.client.connection.getSnapshot().status).toBe('open')
    stream.cut()
    await fake.advance(2_000)
    expect(statuses(jobs)).toEqual(['live'])
    expect(fake.gateway.requests.map(textOf)).toEqual(['POST /events 3', 'POST /events 3'])
  })

  it('that cannot be read are asked for again', async () => {
    const fake = createPage()
    const stream = scriptNext(fake)
    const jobs = follow(fake, 1)
    await fake.settled()
    stream.connect()
    stream.send({ type: 'answers', answers: 'none' as unknown as BatchAnswer[] })
    for (let at = 0; at < 4; at += 1) {
      await fake.advance(8_000)
      stream.send({ type: 'fresh' })
    }
    expect(fake.gateway.requests.map(textOf)).toContain('POST /subscribe-batch 1')
    expect(statuses(jobs)).not.toEqual(['refused'])
  })
})

it('3: an item without room goes out in a batch at once', async () => {
  const fake = createPage()
  const stream = scriptNext(fake)
  follow(fake, 3)
  await fake.settled()
  const error = { code: 'SERVICE_UNAVAILABLE', message: 'full', retry_after_secs: 0 }
  const left = (id: string): BatchAnswer => ({ kind: 'job', id, success: false, error })
  stream.connect()
  stream.send({ type: 'answers', answers: [answered(fake, 'job-1'), left('job-2'), left('job-3')] })
  await fake.settled()
  expect(fake.gateway.requests.map(textOf).slice(1)).toEqual(['POST /subscribe-batch 2'])
})

it('4: what is followed later goes out in batches', async () => {
  const fake = createPage()
  follow(fake, 1)
  await fake.settled()
  const later = [...follow(fake, 2), ...watch(fake, 1)]
  await fake.settled()
  expect(statuses(later)).toEqual(['live'])
  expect(fake.gateway.requests.map(textOf)).toEqual(['POST /events 1', 'POST /subscribe-batch 3'])
})

it('5: an item without an answer goes out again after 30 s', async () => {
  const fake = createPage()
  const stream = scriptNext(fake)
  follow(fake, 2)
  await fake.settled()
  stream.connect()
  stream.send({ type: 'answers', answers: [answered(fake, 'job-1')] })
  for (const [afterMs, batches] of [
    [15_000, 0],
    [14_000, 0],
    [2_000, 1],
  ] as const) {
    await fake.advance(afterMs)
    stream.send({ type: 'fresh' })
    expect(fake.gateway.count('/subscribe-batch')).toBe(batches)
  }
  expect(fake.gateway.requests[1]?.body.items).toMatchObject([{ id: 'job-2' }])
})
