import { describe, expect, it, vi } from 'vitest'
import { defineJob, type HeadwayError } from '../src/index.ts'
import { createFakeClient, type FakeClient, failure } from '../src/testing/index.ts'

const exportUsers = defineJob<{ format: string }, string>('export_users')
const args = { format: 'csv' }
const rpc = '/rpc/export_users'

describe('a start whose answer was lost', () => {
  /** The server handles all starts, but the first answers are lost. */
  const loseAnswers = (fake: FakeClient, count: number): void => {
    let lost = 0
    const { fetch } = fake.gateway
    fake.gateway.intercept(async (request) => {
      if (request.path !== rpc || lost >= count) return undefined
      lost += 1
      fake.gateway.intercept(() => undefined)
      await fetch(`http://fake/_api${rpc}`, {
        method: 'POST',
        headers: request.headers,
        body: JSON.stringify(request.body),
      })
      loseAnswers(fake, count - lost)
      throw new TypeError('connection reset')
    })
  }

  it('is sent again under the same key, and there is one job', async () => {
    const fake = createFakeClient()
    fake.client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined)
    await fake.settled()
    loseAnswers(fake, 2)
    const job = fake.client.start(exportUsers, args)
    await fake.advance(10)
    expect(job.getSnapshot()).toMatchObject({ jobId: 'job-2', phase: 'queued' })
    const keys = fake.gateway.requests
      .filter(({ path }) => path === rpc)
      .map(({ headers }) => headers.get('x-idempotency-key'))
    expect(new Set(keys).size).toBe(1)
    expect(() => fake.gateway.run('job-3')).toThrow()
  })

  it('is not sent again if the server does not support keys', async () => {
    const fake = createFakeClient({ capabilities: ['revisions', 'get'] })
    fake.client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined)
    await fake.settled()
    loseAnswers(fake, 1)
    const job = fake.client.start(exportUsers, args)
    await fake.advance(60_000)
    expect(job.getSnapshot()).toMatchObject({ phase: 'failed', startError: { code: 'NETWORK' } })
  })

  it('fails after some attempts, and retryStart() uses the same key', async () => {
    const fake = createFakeClient()
    fake.client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined)
    await fake.settled()
    fake.gateway.intercept(({ path }) =>
      path === rpc ? new Response('Bad gateway', { status: 502 }) : undefined,
    )
    const job = fake.client.start(exportUsers, args)
    await fake.advance(600_000)
    expect(job.getSnapshot()).toMatchObject({ phase: 'failed', startError: { code: 'HTTP_502' } })
    expect(fake.gateway.count(rpc)).toBe(5)

    fake.gateway.intercept(() => undefined)
    await Promise.all([job.retryStart(), job.retryStart()])
    await fake.settled()
    expect(job.getSnapshot()).toMatchObject({ phase: 'queued', startError: null, jobId: 'job-2' })
    expect(fake.gateway.count(rpc)).toBe(6)
    const keys = fake.gateway.requests.map(({ headers }) => headers.get('x-idempotency-key'))
    expect(new Set(keys.filter((key) => key !== null)).size).toBe(1)
  })
})

it('retryStart() sends a failed start once more, with a new result promise', async () => {
  const fake = createFakeClient()
  fake.gateway.intercept(({ path }) =>
    path === rpc ? failure(400, 'INVALID_ARGUMENT', 'format?') : undefined,
  )
  const onFail = vi.fn()
  const job = fake.client.start(exportUsers, args, { onFail })
  await expect(job.result).rejects.toMatchObject({ name: 'StartFailed' })
  expect(onFail).not.toHaveBeenCalled()
  fake.gateway.intercept(() => undefined)
  await job.retryStart()
  await job.retryStart()
  expect(fake.gateway.count(rpc)).toBe(2)
  await fake.last('export_users').complete('/users.csv')
  expect(await job.result).toBe('/users.csv')
})

it('retry() runs a failed job again under its id, and follows it again', async () => {
  const fake = createFakeClient()
  const ends: (string | undefined)[] = []
  const job = fake.client.start(exportUsers, args, {
    onDone: (output) => ends.push(output),
    onFail: ({ name }) => ends.push(name),
  })
  await fake.last('export_users').fail('disk full')
  await expect(job.result).rejects.toThrow('disk full')
  expect(fake.gateway.registrations()).toEqual([])
  await job.retry()
  await fake.settled()
  expect(job.getSnapshot()).toMatchObject({ jobId: 'job-1', phase: 'queued', error: null })
  await fake.last('export_users').complete('/users.csv')
  expect(await job.result).toBe('/users.csv')
  expect(ends).toEqual(['JobFailed', '/users.csv'])
})

it('retry() of an unwatched job sends the request', async () => {
  const fake = createFakeClient()
  const { job_id } = fake.gateway.createJob({ status: 'failed', error: 'disk full' })
  await fake.client.attach(exportUsers, job_id).retry()
  expect(fake.gateway.run(job_id).status).toBe('pending')
})

it('calls onDone or onFail once per job', async () => {
  const fake = createFakeClient()
  const fails: HeadwayError[] = []
  const onDone = vi.fn()
  fake.client.start(exportUsers, args, { onDone, onFail: (error) => fails.push(error) })
  await fake
    .last('export_users')
    .running()
    .cancelled('changed my mind')
    .dropConnection()
    .reconnect()
  expect(fails).toMatchObject([{ name: 'JobCancelled', message: 'changed my mind' }])
  expect(onDone).not.toHaveBeenCalled()
})

it('close() rejects a start under way', async () => {
  const fake = createFakeClient()
  fake.gateway.intercept(() => new Promise(() => undefined))
  const job = fake.client.start(exportUsers, args)
  await fake.settled()
  fake.client.close()
  await expect(job.result).rejects.toMatchObject({ cause: { code: 'CLOSED' } })
})

it('cancel() rejects with an error of the client if the start cannot be sent', async () => {
  const { client } = createFakeClient()
  const job = client.start(defineJob<unknown, string>('sized'), { size: 1n })
  const error = await job.cancel().catch((reason: unknown) => reason)
  expect(error).toMatchObject({ name: expect.stringMatching(/^(RpcError|StartFailed)$/) })
})
