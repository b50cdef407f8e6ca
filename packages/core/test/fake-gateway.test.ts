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

/** A fake gateway, and a way to ask it. */
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

describe('an answer that is lost', () => {
  it('comes after the deed: the same key is the same job', async () => {
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

  it('of a registration leaves it registered', async () => {
    const { gateway, ask } = create()
    const { job_id } = gateway.createJob()
    const session = await openSession(gateway)
    gateway.lose(({ path }) => path === '/subscribe-job')
    const body = { ...session, id: job_id, job_id }
    await expect(ask('/subscribe-job', body)).rejects.toMatchObject(lost)
    expect(gateway.registrations()).toEqual([`job:${job_id}`])
  })

  it('of a stream is a stream that has ended at both sides', async () => {
    const { gateway, ask } = create()
    gateway.lose(({ path }) => path === '/events')
    await expect(ask('/events')).rejects.toMatchObject(lost)
    expect([gateway.count('/events'), gateway.openStreams()]).toEqual([1, 0])
  })

  it('may be a refusal, or one that a test gives', async () => {
    const { gateway, ask } = create({ isAllowed: () => false })
    gateway.lose(() => true)
    await expect(ask('/rpc/export_users', {})).rejects.toMatchObject(lost)
    gateway.intercept(() => failure(503, 'SERVICE_UNAVAILABLE', 'later'))
    await expect(ask('/rpc/export_users', {})).rejects.toMatchObject(lost)
  })

  it('is nothing that a client does not get over', async () => {
    const fake = createFakeClient()
    fake.client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined)
    await fake.settled()
    const asked = new Set<string>()
    // The first answer at each path.
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

describe('what the fake says that it can', () => {
  const header = 'x-headway-capabilities'

  it.each([
    ['a call', (gateway: FakeGateway) => gateway.fetch('http://fake/_api/jobs/job-1')],
    ['a path that is none', (gateway: FakeGateway) => gateway.fetch('http://fake/_api/nothing')],
    ['a stream', (gateway: FakeGateway) => gateway.fetch('http://fake/_api/events')],
    ['its health', (gateway: FakeGateway) => gateway.fetch('http://fake/_api/health')],
  ])('stands on the answer of %s, and of no Forge', async (_, ask) => {
    const answers = [create(), create({ capabilities: ['get'] }), create({ capabilities: [] })]
    const headers = await Promise.all(
      answers.map(async ({ gateway }) => (await ask(gateway)).headers.get(header)),
    )
    expect(headers).toEqual([encodeCapabilities(capabilities), 'get', null])
  })

  it('stands on a refused token, and not on what answers in its place', async () => {
    const { gateway, ask } = create({ isAllowed: () => false })
    expect((await ask('/events')).headers.has(header)).toBe(true)
    gateway.intercept(() => new Response('bad gateway', { status: 502 }))
    expect((await ask('/events')).headers.has(header)).toBe(false)
  })
})

it('answers how it is, to GET and to HEAD', async () => {
  const { gateway, ask } = create()
  expect(await (await ask('/health')).json()).toEqual({ status: 'healthy', version: 'fake' })
  const { status } = await gateway.fetch('http://fake/_api/health', { method: 'HEAD' })
  expect(status).toBe(200)
})

it('as a Forge, keeps the registration of what has ended', async () => {
  const { gateway, ask } = create({ capabilities: [] })
  const { job_id } = gateway.createJob({ status: 'failed' })
  const session = await openSession(gateway, '?client=headway.1')
  await ask('/subscribe-job', { ...session, id: job_id, job_id })
  gateway.update(job_id, { status: 'completed' })
  expect(gateway.registrations()).toEqual([`job:${job_id}`])
})

/** Opens a stream: what goes into registrations on it. */
async function openSession(gateway: FakeGateway, query = ''): Promise<object> {
  const { body } = await gateway.fetch(`http://fake/_api/events${query}`)
  const { value } = (await body?.getReader().read()) ?? {}
  const data = new TextDecoder().decode(value).match(/^data: (.*)$/m)?.[1] ?? '{}'
  const { session_id, session_secret } = JSON.parse(data)
  return { session_id, session_secret }
}
