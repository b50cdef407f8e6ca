import { describe, expect, it } from 'vitest'
import { createClient, defineJob } from '../src/index.ts'
import { createFakeTime } from '../src/testing/fake-time.ts'
import { createFakeClient } from '../src/testing/index.ts'

const exportUsers = defineJob<null, string>('export_users')

const follow = (...options: Parameters<typeof createFakeClient>) => {
  const fake = createFakeClient(...options)
  const jobId = fake.gateway.createJob().job_id
  const job = fake.client.attach(exportUsers, jobId)
  job.subscribe(() => undefined)
  return { ...fake, job, jobId }
}

describe('pause', () => {
  it('ends the stream and keeps all views, which catch up after the last resume', async () => {
    const { client, gateway, settled, job, jobId } = follow()
    await settled()
    client.pause('hidden')
    client.pause('hidden')
    client.pause('metered')
    await settled()
    expect(gateway.openStreams()).toBe(0)
    expect(job.getSnapshot().sync).toMatchObject({ status: 'stale', reason: 'paused' })
    gateway.update(jobId, { status: 'running', progress: 40 })
    client.resume('hidden')
    client.resume('hidden')
    await settled()
    expect(gateway.openStreams()).toBe(0)
    client.resume('metered')
    await settled()
    expect(job.getSnapshot()).toMatchObject({ progress: 40, sync: { status: 'live' } })
  })
})

it('leaves no session if a listener closes the client when it becomes open', async () => {
  const { client, gateway, settled, job } = follow()
  client.connection.subscribe(() => {
    if (client.connection.getSnapshot().status === 'open') client.close()
  })
  await settled()
  expect(client.connection.getSnapshot().status).toBe('closed')
  expect(gateway.openStreams()).toBe(0)
  expect(gateway.count('/subscribe-batch')).toBe(0)
  expect(job.getSnapshot().sync).toMatchObject({ status: 'stale', reason: 'closed' })
})

describe('a buffering proxy', () => {
  it('is the reason in `sync`, and snapshots are polled until a stream gets through', async () => {
    const { gateway, advance, settled, job, jobId } = follow()
    let isBuffered = true
    gateway.intercept(({ path }) =>
      path === '/events' && isBuffered
        ? new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } })
        : undefined,
    )
    await advance(29_000)
    expect(job.getSnapshot().sync).toMatchObject({ status: 'connecting', reason: 'timeout' })
    gateway.update(jobId, { status: 'running', progress: 40 })
    await advance(2_000)
    expect(job.getSnapshot()).toMatchObject({ progress: 40, sync: { reason: 'proxy' } })
    gateway.update(jobId, { progress: 50 })
    await advance(5_000)
    expect(job.getSnapshot().progress).toBe(50)

    isBuffered = false
    await advance(20_000)
    await settled()
    expect(job.getSnapshot().sync).toMatchObject({ status: 'live', reason: null })
    const polls = gateway.count(`/jobs/${jobId}`)
    await advance(10_000)
    gateway.ping()
    expect(gateway.count(`/jobs/${jobId}`)).toBe(polls)
  })

  it('lets a poll show the end of a job', async () => {
    const { gateway, advance, job, jobId } = follow()
    gateway.intercept(({ path }) =>
      path === '/events'
        ? new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } })
        : undefined,
    )
    gateway.update(jobId, { status: 'completed', output: 'done' })
    await advance(31_000)
    expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
  })
})

describe('a server that refuses the stream', () => {
  it('for good gets no new request until reconnectNow()', async () => {
    const { client, gateway, advance, settled, job } = follow()
    gateway.intercept(() => new Response(null, { status: 204 }))
    await advance(600_000)
    expect(client.connection.getSnapshot()).toMatchObject({ reason: 'incompatible' })
    expect(gateway.count('/events')).toBe(1)
    gateway.intercept(() => undefined)
    client.reconnectNow()
    await settled()
    expect(job.getSnapshot().sync.status).toBe('live')
  })

  it('for now gets a new request after its Retry-After, also after a date', async () => {
    const { client, gateway, settled, advance } = follow()
    gateway.intercept(({ path }) =>
      path === '/events'
        ? new Response('busy', {
            status: 503,
            headers: { 'retry-after': new Date(7_000).toUTCString() },
          })
        : undefined,
    )
    await settled()
    expect(client.connection.getSnapshot()).toMatchObject({ reason: 'overloaded', retryAt: 7_000 })
    gateway.intercept(() => undefined)
    await advance(7_000)
    expect(client.connection.getSnapshot().status).toBe('open')
  })
})

describe('waking up', () => {
  it('replaces a stream at once that was silent for too long', async () => {
    const { client, gateway, advance, sleep } = sleeper()
    await advance(4_000)
    sleep(20_000)
    await advance(1_000)
    expect(client.connection.getSnapshot()).toMatchObject({ status: 'waiting', reason: 'wake' })
    expect(gateway.openStreams()).toBe(0)
    await advance(100)
    expect(client.connection.getSnapshot().status).toBe('open')
  })

  it('keeps a stream that was not silent for long', async () => {
    const { client, gateway, advance, sleep } = sleeper()
    await advance(4_000)
    sleep(10_000)
    await advance(1_000)
    gateway.ping()
    await advance(10_000)
    expect(client.connection.getSnapshot().status).toBe('open')
    expect(gateway.count('/events')).toBe(1)
  })
})

/** A client whose clock can jump while its timers stand still, as on a sleeping device. */
function sleeper() {
  const fake = createFakeClient()
  const time = createFakeTime()
  let sleptMs = 0
  const client = createClient({
    url: 'http://fake',
    fetch: fake.gateway.fetch,
    random: () => 0.5,
    scheduler: {
      now: () => time.scheduler.now() + sleptMs,
      schedule: time.scheduler.schedule.bind(time.scheduler),
    },
  })
  client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined)
  const sleep = (ms: number): void => {
    sleptMs += ms
  }
  return { client, gateway: fake.gateway, advance: time.advance, sleep }
}
