import { describe, expect, it } from 'vitest'
import { failure } from '../src/testing/index.ts'
import { client, exportUsers, gateway, output } from './support/client-without-batches.ts'
import { until } from './until.ts'

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
