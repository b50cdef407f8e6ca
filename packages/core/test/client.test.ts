import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type Client,
  createClient,
  defineJob,
  defineMutation,
  JobCancelled,
  JobFailed,
  JobMissing,
  JobUnwatched,
  StartFailed,
} from '../src/index.ts'
import { createFakeGateway, type FakeGateway, failure } from '../src/testing/index.ts'
import { catchUncaught } from './support/uncaught.ts'
import { until } from './until.ts'

const exportUsers = defineJob<{ format: string }, { downloadUrl: string }>('export_users')
const output = { downloadUrl: '/exports/1.csv' }

let gateway: FakeGateway
let client: Client

beforeEach(() => {
  // What asks for each registration by itself, so that one alone can be refused.
  gateway = createFakeGateway({
    capabilities: ['revisions', 'unsubscribe', 'get', 'cancel', 'retry'],
  })
  // The dice always say 0: every wait is over at once.
  client = createClient({ url: 'http://gateway/', fetch: gateway.fetch, random: () => 0 })
})
afterEach(() => {
  client.close()
  vi.useRealTimers()
})

describe('a started job', () => {
  it('is starting at once, then queued, running and completed', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    expect(job.getSnapshot()).toMatchObject({ phase: 'starting', loading: true, jobId: '' })

    const live = await until(job, ({ sync }) => sync.status === 'live')
    expect(live).toMatchObject({ phase: 'queued', loading: false, jobId: 'job-1' })
    expect(gateway.requests[0]).toMatchObject({ path: '/rpc/export_users' })
    expect(gateway.requests[0]?.body).toEqual({ args: { format: 'csv' } })

    gateway.update('job-1', { status: 'running', progress: 40, message: 'row 4,000 of 10,000' })
    await until(job, ({ progress }) => progress === 40)
    gateway.update('job-1', { status: 'completed', output })
    expect(await job.result).toEqual(output)
    expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', isDone: true, isActive: false })
  })

  it('gives state$ its value at once, then each change', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    const phases: string[] = []
    job.state$.subscribe(({ phase }) => phases.push(phase))
    await until(job, ({ sync }) => sync.status === 'live')
    gateway.update('job-1', { status: 'running' })
    await until(job, ({ phase }) => phase === 'running')
    expect([...new Set(phases)]).toEqual(['starting', 'queued', 'running'])
  })

  it('is released at the server once it has ended', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    await until(job, ({ sync }) => sync.status === 'live')
    expect(gateway.registrations()).toEqual(['job:job-1'])
    gateway.update('job-1', { status: 'completed', output })
    await job.result
    await expect.poll(() => gateway.registrations()).toEqual([])
  })

  it('shows a start that failed, in words and as an error, and has no job', async () => {
    gateway.intercept(({ path }) =>
      path.startsWith('/rpc') ? failure(404, 'NOT_FOUND', 'no function export_users') : undefined,
    )
    const job = client.start(exportUsers, { format: 'csv' })
    const failed = await until(job, ({ isDone }) => isDone)
    expect(failed).toMatchObject({
      jobId: '',
      status: 'failed',
      phase: 'failed',
      error: 'no function export_users',
      startError: { name: 'RpcError', code: 'NOT_FOUND', status: 404 },
    })
    await expect(job.result).rejects.toBeInstanceOf(StartFailed)
    await expect(job.cancel()).rejects.toThrow('no function export_users')
  })

  it('tells a proxy’s page from the server’s word', async () => {
    gateway.intercept(() => new Response('<h1>Bad gateway</h1>', { status: 502 }))
    const { startError } = await until(
      client.start(exportUsers, { format: 'csv' }),
      ({ isDone }) => isDone,
    )
    expect(startError).toMatchObject({ code: 'HTTP_502', status: 502 })
  })

  it('says so when no answer came at all', async () => {
    gateway.intercept(() => {
      throw new TypeError('fetch failed')
    })
    const { startError } = await until(
      client.start(exportUsers, { format: 'csv' }),
      ({ isDone }) => isDone,
    )
    expect(startError).toMatchObject({ code: 'NETWORK', status: null })
  })
})

it('a listener that throws holds up nobody, and is no failed start', async () => {
  const uncaught = catchUncaught()
  const job = client.start(exportUsers, { format: 'csv' })
  job.subscribe(() => {
    throw new Error('a bug of the page')
  })
  await until(job, ({ sync }) => sync.status === 'live')
  gateway.update('job-1', { status: 'completed', output })
  expect(await job.result).toEqual(output)
  expect(await uncaught()).toContainEqual(new Error('a bug of the page'))
})

describe('how a job ends', () => {
  it.each([
    ['failed', JobFailed],
    ['dead_letter', JobFailed],
    ['cancelled', JobCancelled],
  ] as const)('%s rejects its result', async (status, errorClass) => {
    const { job_id } = gateway.createJob({ status, error: 'disk full' })
    const error = await client.attach(exportUsers, job_id).result.catch((reason) => reason)
    expect(error).toBeInstanceOf(errorClass)
    expect(error).toMatchObject({ message: 'disk full', jobId: job_id, status })
  })

  it('not found rejects its result', async () => {
    const job = client.attach(exportUsers, 'gone')
    await expect(job.result).rejects.toBeInstanceOf(JobMissing)
    expect(job.getSnapshot()).toMatchObject({ phase: 'missing', status: 'not_found' })
  })

  it('cancel asks the server, with the reason', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    await job.cancel('changed my mind')
    await expect(job.result).rejects.toMatchObject({
      name: 'JobCancelled',
      message: 'changed my mind',
    })
  })

  it('unsubscribe stops watching and rejects the result; the job goes on', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    const result = job.result
    await until(job, ({ sync }) => sync.status === 'live')
    job.unsubscribe()
    await expect(result).rejects.toBeInstanceOf(JobUnwatched)
    gateway.update('job-1', { status: 'running' })
    expect(job.getSnapshot().phase).toBe('queued')
    // A later subscriber follows it anew.
    await until(job, ({ phase }) => phase === 'running')
  })

  it('unsubscribe stops all who watch, also when one of them leaves later', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    const seen: string[] = []
    job.subscribe(() => seen.push(job.getSnapshot().phase))
    const leave = job.subscribe(() => undefined)
    await until(job, ({ sync }) => sync.status === 'live')
    job.unsubscribe()
    leave()
    const other = client.attach(exportUsers, 'job-1')
    gateway.update('job-1', { status: 'running' })
    await until(other, ({ phase }) => phase === 'running')
    expect(seen).not.toContain('running')
  })

  it('nobody asks for the result: nothing is rejected unhandled', async () => {
    const { job_id } = gateway.createJob({ status: 'failed', error: 'disk full' })
    await until(client.attach(exportUsers, job_id), ({ isDone }) => isDone)
  })
})

describe('a lost connection', () => {
  it.each([
    ['ended by the server', undefined],
    ['cut by the network', new TypeError('terminated')],
  ])('%s: stale, catching up on a new session, live with what was missed', async (_, error) => {
    const job = client.start(exportUsers, { format: 'csv' })
    await until(job, ({ sync }) => sync.status === 'live')
    const seen: string[] = []
    job.subscribe(() => seen.push(job.getSnapshot().sync.status))

    gateway.intercept(() => {
      throw new TypeError('fetch failed')
    })
    gateway.drop(error)
    const stale = await until(job, ({ sync }) => sync.status === 'stale')
    expect(stale).toMatchObject({
      status: 'pending',
      sync: { reason: error ? 'network' : 'ended' },
    })
    expect(stale.sync.since).toBeGreaterThan(0)

    gateway.update('job-1', { status: 'running', progress: 70 })
    gateway.intercept(() => undefined)
    await until(job, ({ progress }) => progress === 70)
    expect(seen.at(-1)).toBe('live')
    expect(seen).toContain('catching-up')
    expect(gateway.openStreams()).toBe(1)
  })

  it('registers everything that is still followed again, and only that', async () => {
    const jobs = [1, 2, 3, 4, 5, 6].map(() =>
      client.attach(exportUsers, gateway.createJob().job_id),
    )
    const stops = jobs.map((job) => job.subscribe(() => undefined))
    await Promise.all(jobs.map((job) => until(job, ({ sync }) => sync.status === 'live')))
    gateway.update('job-2', { status: 'completed', output })
    await until(jobs[1] ?? client.attach(exportUsers, ''), ({ isDone }) => isDone)
    gateway.drop()
    await until(client.connection, ({ status }) => status === 'waiting')
    await expect
      .poll(() => gateway.registrations().sort())
      .toEqual(['job:job-1', 'job:job-3', 'job:job-4', 'job:job-5', 'job:job-6'])
    await until(client.connection, (state) => state.status === 'open' && state.attempt === 0)
    for (const stop of stops) stop()
  })

  it('takes a new session when the server does not know the old one', async () => {
    let isForgotten = true
    gateway.intercept(({ path }) => {
      if (path !== '/subscribe-job' || !isForgotten) return undefined
      isForgotten = false
      return failure(404, 'SESSION_NOT_FOUND', 'no such session')
    })
    const job = client.start(exportUsers, { format: 'csv' })
    await until(job, ({ sync }) => sync.status === 'live')
    expect(gateway.count('/events')).toBe(2)
  })

  it('a refused registration shows in its own sync and delays no other', async () => {
    const refused = client.attach(exportUsers, gateway.createJob().job_id)
    const allowed = client.attach(exportUsers, gateway.createJob().job_id)
    gateway.intercept(({ body }) =>
      body.job_id === 'job-1' ? failure(403, 'FORBIDDEN', 'not yours') : undefined,
    )
    const view = await until(refused, ({ sync }) => sync.status === 'refused')
    expect(view).toMatchObject({ status: 'pending', sync: { reason: 'FORBIDDEN' } })
    await until(allowed, ({ sync }) => sync.status === 'live')
  })

  it('a registration that fails for now is tried again on the same session', async () => {
    let failures = 2
    gateway.intercept(({ path }) =>
      path === '/subscribe-job' && failures-- > 0
        ? failure(503, 'SERVICE_UNAVAILABLE', 'busy')
        : undefined,
    )
    const job = client.start(exportUsers, { format: 'csv' })
    await until(job, ({ sync }) => sync.status === 'live')
    expect(gateway.count('/subscribe-job')).toBe(3)
    expect(gateway.count('/events')).toBe(1)
  })
})

describe('sharing', () => {
  it('one registration and one stream, however many watch', async () => {
    const { job_id } = gateway.createJob()
    const handles = [1, 2, 3].map(() => client.attach(exportUsers, job_id))
    const views = await Promise.all(
      handles.map((handle) => {
        handle.subscribe(() => undefined)
        return until(handle, ({ sync }) => sync.status === 'live')
      }),
    )
    expect(new Set(views).size).toBe(1)
    expect(gateway.count('/subscribe-job')).toBe(1)
    expect(gateway.count('/events')).toBe(1)
  })

  it('a remount within a second costs nothing; later the registration is gone', async () => {
    vi.useFakeTimers()
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    const unmount = job.subscribe(() => undefined)
    await expect.poll(() => job.getSnapshot().sync.status).toBe('live')
    unmount()
    unmount()
    await vi.advanceTimersByTimeAsync(900)
    const unmountAgain = job.subscribe(() => undefined)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(gateway.count('/subscribe-job')).toBe(1)
    expect(gateway.registrations()).toEqual(['job:job-1'])
    unmountAgain()
    await vi.advanceTimersByTimeAsync(1_100)
    expect(gateway.registrations()).toEqual([])
  })

  it('an early unmount leaves nothing registered, not even by a late answer', async () => {
    vi.useFakeTimers()
    let answer = (): void => undefined
    gateway.intercept(async ({ path }) => {
      if (path === '/subscribe-job') await new Promise<void>((resolve) => (answer = resolve))
      return undefined
    })
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    const unmount = job.subscribe(() => undefined)
    await expect.poll(() => gateway.count('/subscribe-job')).toBe(1)
    unmount()
    await vi.advanceTimersByTimeAsync(2_000)
    answer()
    await vi.advanceTimersByTimeAsync(100)
    expect(gateway.registrations()).toEqual([])
  })

  it('closes the stream half a minute after the last job was let go of', async () => {
    vi.useFakeTimers()
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    const unmount = job.subscribe(() => undefined)
    await expect.poll(() => job.getSnapshot().sync.status).toBe('live')
    unmount()
    await vi.advanceTimersByTimeAsync(30_000)
    gateway.ping()
    expect(gateway.openStreams()).toBe(1)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(gateway.openStreams()).toBe(0)
    expect(client.connection.getSnapshot()).toEqual({ status: 'idle' })
  })
})

describe('close', () => {
  it('leaves no stream and no timer, shows what was shown as stale, and can be undone', async () => {
    vi.useFakeTimers()
    const job = client.start(exportUsers, { format: 'csv' })
    await expect.poll(() => job.getSnapshot().sync.status).toBe('live')
    client.close()
    client.close()
    expect(gateway.openStreams()).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
    expect(job.getSnapshot().sync).toMatchObject({ status: 'stale', reason: 'closed' })
    job.unsubscribe()
    expect(vi.getTimerCount()).toBe(0)

    job.subscribe(() => undefined)
    client.reconnectNow()
    await expect.poll(() => job.getSnapshot().sync.status).toBe('live')
  })
})

describe('call', () => {
  it('returns what the function answers, and rejects with its code', async () => {
    gateway.intercept(({ path, body }) => {
      if (path === '/rpc/add') return Response.json({ success: true, data: body.args })
      return failure(429, 'RATE_LIMITED', 'slow down', { 'retry-after': '7' })
    })
    expect(await client.call(defineMutation('add'), [1, 2])).toEqual([1, 2])
    await expect(client.call(defineMutation('hammer'))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      status: 429,
      retryAfterMs: 7_000,
    })
    expect(gateway.count('/events')).toBe(0)
  })
})

it('names what is wrong with its options', () => {
  expect(() => createClient({ url: 'gateway:4400' })).toThrow('url is "gateway:4400"')
})
