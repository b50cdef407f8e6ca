import { describe, expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { capabilities, encodeCapabilities } from '../src/protocol/index.ts'
import {
  createFakeClient,
  createFakeGateway,
  type FakeGateway,
  type FakeGatewayOptions,
  failure,
} from '../src/testing/index.ts'

const exportUsers = defineJob<{ format: string }, null>('export_users')

/** A fake gateway, and a function that sends requests to it. */
function create(options: FakeGatewayOptions = {}) {
  const gateway = createFakeGateway(options)
  const ask = (path: string, body?: object, headers: Record<string, string> = {}) =>
    gateway.fetch(`http://fake/_api${path}`, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
  return { gateway, ask }
}

const lost = { name: 'TypeError', message: 'Failed to fetch' }

describe('a lost answer', () => {
  it('of a start leaves the job, which the same key finds', async () => {
    const { gateway, ask } = create()
    const key = { 'x-idempotency-key': 'k' }
    gateway.lose(({ path }) => path === '/rpc/export_users')
    await expect(ask('/rpc/export_users', {}, key)).rejects.toMatchObject(lost)
    const id = gateway.last('export_users')
    expect((await ask('/rpc/other', {})).status).toBe(200)
    gateway.lose(() => false)
    const again = await ask('/rpc/export_users', {}, key)
    expect(await again.json()).toMatchObject({ data: { job_id: id } })
  })

  it('of a registration leaves the registration', async () => {
    const { gateway, ask } = create()
    const { job_id } = gateway.createJob()
    const session = await openSession(gateway)
    gateway.lose(({ path }) => path === '/subscribe-job')
    const body = { ...session, id: job_id, job_id }
    await expect(ask('/subscribe-job', body)).rejects.toMatchObject(lost)
    expect(gateway.registrations()).toEqual([`job:${job_id}`])
  })

  it('of a stream ends the stream on both sides', async () => {
    const { gateway, ask } = create()
    gateway.lose(({ path }) => path === '/events')
    await expect(ask('/events')).rejects.toMatchObject(lost)
    expect([gateway.count('/events'), gateway.openStreams()]).toEqual([1, 0])
  })

  it('can be a refusal, or an intercepted answer', async () => {
    const { gateway, ask } = create({ isAllowed: () => false })
    gateway.lose(() => true)
    await expect(ask('/rpc/export_users', {})).rejects.toMatchObject(lost)
    gateway.intercept(() => failure(503, 'SERVICE_UNAVAILABLE', 'later'))
    await expect(ask('/rpc/export_users', {})).rejects.toMatchObject(lost)
  })

  it('on each path does not stop a client', async () => {
    const fake = createFakeClient()
    fake.client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined)
    await fake.settled()
    const asked = new Set<string>()
    // Loses the first answer on each path.
    fake.gateway.lose(({ path }) => asked.size < asked.add(path).size)
    fake.gateway.drop(new TypeError('network lost'))
    const job = fake.client.start(exportUsers, { format: 'csv' })
    job.subscribe(() => undefined)
    await fake.advance(30_000)
    expect(job.getSnapshot()).toMatchObject({ phase: 'queued', sync: { status: 'live' } })
    expect([...asked]).toEqual(expect.arrayContaining(['/rpc/export_users', '/events']))
    expect(fake.gateway.openStreams()).toBe(1)
  })
})

describe('the capabilities of the fake', () => {
  const header = 'x-headway-capabilities'

  it.each([
    ['a call', (gateway: FakeGateway) => gateway.fetch('http://fake/_api/jobs/job-1')],
    ['an unknown path', (gateway: FakeGateway) => gateway.fetch('http://fake/_api/nothing')],
    ['a stream', (gateway: FakeGateway) => gateway.fetch('http://fake/_api/events')],
    ['the health check', (gateway: FakeGateway) => gateway.fetch('http://fake/_api/health')],
  ])('are in the answer to %s, unless it is a Forge', async (_, ask) => {
    const answers = [create(), create({ capabilities: ['get'] }), create({ capabilities: [] })]
    const headers = await Promise.all(
      answers.map(async ({ gateway }) => (await ask(gateway)).headers.get(header)),
    )
    expect(headers).toEqual([encodeCapabilities(capabilities), 'get', null])
  })

  it('are in the refusal of a token, and not in an intercepted answer', async () => {
    const { gateway, ask } = create({ isAllowed: () => false })
    expect((await ask('/events')).headers.has(header)).toBe(true)
    gateway.intercept(() => new Response('bad gateway', { status: 502 }))
    expect((await ask('/events')).headers.has(header)).toBe(false)
  })
})

it('answers GET and HEAD of /health', async () => {
  const { gateway, ask } = create()
  expect(await (await ask('/health')).json()).toEqual({ status: 'healthy', version: 'fake' })
  const { status } = await gateway.fetch('http://fake/_api/health', { method: 'HEAD' })
  expect(status).toBe(200)
})

describe('a stream with items', () => {
  const open = (gateway: FakeGateway, body: unknown) =>
    gateway.fetch('http://fake/_api/events?client=headway.1', {
      method: 'POST',
      body: JSON.stringify(body),
    })

  it('is refused for its sender before its body is read', async () => {
    const full = createFakeGateway({ maxSessions: 0 })
    expect((await open(full, {})).status).toBe(429)
    const closed = createFakeGateway({ isAllowed: () => false })
    expect((await open(closed, {})).status).toBe(401)
    expect((await open(createFakeGateway(), {})).status).toBe(422)
  })

  it('is not known to a server without `stream-answers`', async () => {
    const gateway = createFakeGateway({ capabilities: ['subscribe-batch'] })
    expect((await open(gateway, { items: [] })).status).toBe(404)
    expect(gateway.openStreams()).toBe(0)
  })
})

it('as a Forge, keeps the registration of an ended run', async () => {
  const { gateway, ask } = create({ capabilities: [] })
  const { job_id } = gateway.createJob({ status: 'failed' })
  const session = await openSession(gateway, '?client=headway.1')
  await ask('/subscribe-job', { ...session, id: job_id, job_id })
  gateway.update(job_id, { status: 'completed' })
  expect(gateway.registrations()).toEqual([`job:${job_id}`])
})

it.each([
  ['', undefined],
  ['?client=headway.1', 2],
])('a stream %s has the place %s of a job that waits', async (query, position) => {
  const { gateway, ask } = create()
  const { job_id } = gateway.createJob({ position: 2 })
  const session = await openSession(gateway, query)
  const answer = await ask('/subscribe-job', { ...session, id: job_id, job_id })
  const { data } = await answer.json()
  expect(data.job_id).toBe(job_id)
  expect(data.position).toBe(position)
})

/** Opens a stream. Returns the session's members of a registration. */
async function openSession(gateway: FakeGateway, query = ''): Promise<object> {
  const { body } = await gateway.fetch(`http://fake/_api/events${query}`)
  const { value } = (await body?.getReader().read()) ?? {}
  const data = new TextDecoder().decode(value).match(/^data: (.*)$/m)?.[1] ?? '{}'
  const { session_id, session_secret } = JSON.parse(data)
  return { session_id, session_secret }
}
