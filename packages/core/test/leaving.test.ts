import { describe, expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'
import { live } from './support/live.ts'

/* A registration ends after its last watcher leaves, even if the request to end it fails. */

const exportUsers = defineJob<null, string>('export_users')

const create = () => createFakeClient({}, { random: () => 0.5 })

describe('leaving', () => {
  it('ends the registrations of 900 rows in a few requests, one at a time', async () => {
    const { client, gateway, advance, settled } = create()
    const leave = Array.from({ length: 900 }, () =>
      client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined),
    )
    await advance(100)
    expect(gateway.registrations()).toHaveLength(900)
    let inFlight = 0
    let most = 0
    gateway.intercept(async ({ path }) => {
      if (!path.startsWith('/unsubscribe')) return undefined
      inFlight += 1
      most = Math.max(most, inFlight)
      await Promise.resolve()
      inFlight -= 1
      return undefined
    })
    for (const stop of leave) stop()
    await advance(1_000)
    await settled()
    expect(gateway.registrations()).toEqual([])
    expect(gateway.count('/unsubscribe')).toBe(0)
    expect(gateway.count('/unsubscribe-batch')).toBe(9)
    expect(most).toBe(1)
  })

  it('sends the request again to a server that was busy for a minute', async () => {
    const { client, gateway, advance } = create()
    const [left, kept] = ['left', 'kept'].map((id) => {
      gateway.createJob({ job_id: id })
      return client.attach(exportUsers, id).subscribe(() => undefined)
    })
    await advance(100)
    gateway.intercept(() => failure(503, 'SERVICE_UNAVAILABLE', 'later'))
    left?.()
    for (let second = 0; second < 120; second += 10) {
      if (second === 60) gateway.intercept(() => undefined)
      gateway.ping()
      await advance(10_000)
    }
    expect(gateway.count('/events')).toBe(1)
    expect(gateway.registrations()).toEqual(['job:kept'])
    kept?.()
  })

  it('sends no request for a run that has ended', async () => {
    const { client, gateway, settled, advance } = create()
    const job = client.start(exportUsers, null)
    await settled()
    gateway.update('job-1', { status: 'completed', output: 'done' })
    expect(await job.result).toBe('done')
    await advance(10_000)
    expect(gateway.registrations()).toEqual([])
    expect(gateway.requests.filter(({ path }) => path.startsWith('/unsubscribe'))).toEqual([])
  })

  it('sends one request after another to a server without batches', async () => {
    const fake = createFakeClient({ capabilities: ['revisions', 'unsubscribe'] })
    const leave = Array.from({ length: 20 }, () =>
      fake.client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined),
    )
    await fake.advance(100)
    for (const stop of leave) stop()
    await fake.advance(1_000)
    for (let turn = 0; turn < 20; turn += 1) await fake.settled()
    expect(fake.gateway.count('/unsubscribe')).toBe(20)
    expect(fake.gateway.registrations()).toEqual([])
  })
})

it('keeps a job registered for a second after its last watcher has left', async () => {
  const { client, gateway, settled, advance } = create()
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  const leave = job.subscribe(() => undefined)
  await settled()
  leave()
  await advance(900)
  const leaveAgain = job.subscribe(() => undefined)
  await advance(50)
  leaveAgain()
  await advance(900)
  expect(gateway.registrations()).toHaveLength(1)
  await advance(100)
  expect(gateway.registrations()).toHaveLength(0)
})

describe('a released job while another one is watched', () => {
  const open = () => {
    const fake = create()
    fake.gateway.createJob({ job_id: 'kept' })
    fake.gateway.createJob({ job_id: 'left', status: 'running' })
    fake.client.attach(exportUsers, 'kept').subscribe(() => undefined)
    return { ...fake, job: fake.client.attach(exportUsers, 'left') }
  }

  it('is unregistered by a second request after a 503', async () => {
    const fake = open()
    const leave = fake.job.subscribe(() => undefined)
    await fake.advance(100)
    let answers = 0
    fake.gateway.intercept(({ path }) =>
      path.startsWith('/unsubscribe') && answers++ === 0
        ? failure(503, 'SERVICE_UNAVAILABLE', 'later')
        : undefined,
    )
    leave()
    await live(fake, 600_000)
    expect(fake.gateway.registrations()).toEqual(['job:kept'])
  })

  it('is unregistered even if the answer of its registration was lost', async () => {
    const fake = open()
    await fake.advance(100)
    fake.gateway.lose(({ path }) => path.startsWith('/subscribe'))
    const leave = fake.job.subscribe(() => undefined)
    await fake.settled()
    leave()
    await fake.advance(1_500)
    fake.gateway.lose(() => false)
    await live(fake, 600_000)
    expect(fake.gateway.openStreams()).toBe(1)
    expect(fake.gateway.registrations()).toEqual(['job:kept'])
  })
})
