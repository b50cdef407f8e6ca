import { describe, expect, it } from 'vitest'
import { type ClientOptions, createClient, defineJob } from '../src/index.ts'
import { createFakeTime } from '../src/testing/fake-time.ts'
import { createFakeGateway } from '../src/testing/index.ts'
import { createCluster } from './support/cluster.ts'
import { live } from './support/live.ts'

/* PROTOCOL.md, "Several servers": a client behind a balancer that misroutes its requests. */

const exportUsers = defineJob<null, string>('export_users')

/** A client of a cluster, and the number of the server that gets the next request. */
function createPage(options: ClientOptions = {}) {
  const gateway = createFakeGateway()
  const { scheduler, advance } = createFakeTime()
  const next = { server: 0 }
  const cluster = createCluster(gateway, () => next.server)
  const client = createClient({
    url: 'http://cluster',
    fetch: cluster.fetch,
    scheduler,
    random: () => 0.5,
    everyUpdate: true,
    ...options,
  })
  const follow = () => {
    const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
    const leave = job.subscribe(() => undefined)
    return { job, leave, status: () => job.getSnapshot().sync.status }
  }
  return { gateway, cluster, client, advance, next, follow }
}

/** A page whose session is at server 0, while later requests come to server 1. */
async function openPage() {
  const page = createPage()
  const first = page.follow()
  await page.advance(0)
  page.next.server = 1
  return { ...page, first }
}

describe('2: a request at the wrong server', () => {
  it('is answered in the stream', async () => {
    const { gateway, advance, follow } = await openPage()
    const { job, status } = follow()
    await advance(0)
    expect(status()).toBe('live')
    gateway.update(job.getSnapshot().jobId, { progress: 40 })
    await advance(0)
    expect(job.getSnapshot().progress).toBe(40)
    expect(gateway.count('/events')).toBe(1)
  })

  it('ends a registration, too', async () => {
    const { gateway, advance, first, follow } = await openPage()
    follow()
    first.leave()
    await advance(1_100)
    expect(gateway.registrations()).toEqual(['job:job-2'])
  })

  it('that is lost on its way is sent again', async () => {
    const page = await openPage()
    page.cluster.setFate('lost')
    const { status } = page.follow()
    await live(page, 20_000)
    expect(status()).toBe('connecting')
    page.cluster.setFate('now')
    await live(page, 20_000)
    expect(status()).toBe('live')
    expect(page.gateway.count('/events')).toBe(1)
  })

  it('that is late registers what was released meanwhile: the client ends it', async () => {
    const page = await openPage()
    const { gateway, cluster, advance, follow } = page
    cluster.setFate('late')
    follow().leave()
    // The page waits for the answer for 30 s, then ends the registration.
    await live(page, 40_000)
    cluster.setFate('now')
    cluster.handOver()
    await advance(0)
    expect(gateway.registrations()).toEqual(['job:job-1'])
  })
})

describe('3: a killed server', () => {
  it('takes its sessions along: the next request opens a session at another one', async () => {
    const page = await openPage()
    page.cluster.kill(0, true)
    const { status } = page.follow()
    await page.advance(2_000)
    expect([status(), page.first.status()]).toEqual(['live', 'live'])
    expect(page.gateway.count('/events')).toBe(2)
  })

  it('whose stream ends costs one request', async () => {
    const { gateway, cluster, advance, first } = await openPage()
    const before = gateway.requests.length
    cluster.kill(0, false)
    await advance(2_000)
    expect(first.status()).toBe('live')
    expect(gateway.requests).toHaveLength(before + 1)
  })

  it('whose stream is silent is noticed by that', async () => {
    const page = await openPage()
    page.cluster.kill(0, true)
    await page.advance(20_000)
    expect(page.gateway.openStreams()).toBe(0)
    await page.advance(10_000)
    expect(page.first.status()).toBe('live')
  })
})

describe('4: requests that overtake each other', () => {
  it('end no newer registration', async () => {
    const page = await openPage()
    const { gateway, cluster, client, advance, first } = page
    cluster.setFate('late')
    first.leave()
    await advance(1_100)
    const again = client.attach(exportUsers, first.job.getSnapshot().jobId)
    again.subscribe(() => undefined)
    await advance(0)
    // The newest first: the registration comes before the end of the older one.
    cluster.handOver()
    cluster.setFate('now')
    await advance(0)
    expect(gateway.registrations()).toEqual(['job:job-1'])
    gateway.update('job-1', { status: 'completed', output: 'done' })
    await advance(0)
    expect(again.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
  })
})

it('1: a session that GET opened is at its own server only: the next one is opened with POST', async () => {
  const { gateway, cluster, advance, next, follow } = createPage()
  // Something on the way refuses the first body, of a server that is not known yet.
  let refusals = 0
  gateway.intercept(({ method, path }) =>
    path === '/events' && method === 'POST' && refusals++ === 0
      ? new Response('too large', { status: 413 })
      : undefined,
  )
  next.server = 1
  const first = follow()
  await advance(0)
  expect(gateway.requests.map(({ method }) => method).slice(0, 2)).toEqual(['POST', 'GET'])
  next.server = 0
  const later = follow()
  await advance(5_000)
  expect([first.status(), later.status()]).toEqual(['live', 'live'])
  expect(gateway.requests.filter(({ path }) => path === '/events').at(-1)?.method).toBe('POST')
  cluster.kill(0, false)
  await advance(5_000)
  expect([first.status(), later.status()]).toEqual(['live', 'live'])
})
