import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'
import { buffered } from './support/proxy.ts'

// SignalR/SignalR#1592 (the fallback never calls onFailed): the fallback transport does not report
// refusals.

const exportUsers = defineJob<null, string>('export_users')
const listUsers = defineQuery<null, string[]>('list_users')

it('behind a proxy, shows that the server refuses a run', async () => {
  const { client, gateway, advance } = createFakeClient()
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  job.subscribe(() => undefined)
  gateway.intercept(({ path }) => {
    if (path === '/events') return buffered()
    if (path === `/jobs/${jobId}`) return failure(403, 'FORBIDDEN', 'not yours')
    return undefined
  })
  await advance(60_000)
  expect(gateway.count(`/jobs/${jobId}`)).toBeGreaterThan(0)
  expect(job.getSnapshot()).toMatchObject({
    loading: false,
    sync: { status: 'refused', reason: 'FORBIDDEN' },
  })
})

it('behind a proxy, shows the error of a query', async () => {
  const { client, gateway, advance } = createFakeClient()
  const users = client.watch(listUsers, null)
  users.subscribe(() => undefined)
  gateway.intercept(({ path }) => {
    if (path === '/events') return buffered()
    if (path === '/rpc/list_users') return failure(403, 'FORBIDDEN', 'not yours')
    return undefined
  })
  await advance(60_000)
  expect(users.getSnapshot()).toMatchObject({ loading: false, error: { code: 'FORBIDDEN' } })
})

it('behind a proxy, polls the other snapshots while one hangs', async () => {
  const { client, gateway, advance } = createFakeClient()
  const slow = gateway.createJob().job_id
  const other = gateway.createJob().job_id
  client.attach(exportUsers, slow).subscribe(() => undefined)
  const job = client.attach(exportUsers, other)
  job.subscribe(() => undefined)
  gateway.intercept(({ path }) => {
    if (path === '/events') return buffered()
    if (path === `/jobs/${slow}`) return new Promise(() => undefined)
    return undefined
  })
  // Three useless streams of 10 s each, then a poll every 5 s.
  await advance(31_000)
  gateway.update(other, { status: 'running', progress: 40 })
  await advance(12_000)
  expect(job.getSnapshot().progress).toBe(40)
})

it.each([
  ['a server without snapshots', () => failure(404, 'NOT_FOUND', 'nothing here')],
  ['the proxy’s own page', () => new Response('<h1>Forbidden</h1>', { status: 403 })],
])('behind a proxy, a refusal of %s does not count as a refusal of the job', async (_, answer) => {
  const { client, gateway, advance } = createFakeClient({ capabilities: [] })
  const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
  job.subscribe(() => undefined)
  gateway.intercept(({ path }) => {
    if (path === '/events') return buffered()
    return path.startsWith('/jobs/') ? answer() : undefined
  })
  await advance(60_000)
  expect(job.getSnapshot().sync).toMatchObject({ status: 'connecting', reason: 'proxy' })
})

it.each([
  ['buffers the body', buffered],
  ['buffers the headers', () => new Promise<Response>(() => undefined)],
])('behind a proxy that %s, a paused or closed client sends no request', async (_, stream) => {
  const { client, gateway, advance } = createFakeClient()
  const { job_id } = gateway.createJob({ status: 'running' })
  client.attach(exportUsers, job_id).subscribe(() => undefined)
  gateway.intercept(({ path }) => (path === '/events' ? stream() : undefined))
  await advance(60_000)
  expect(gateway.count(`/jobs/${job_id}`)).toBeGreaterThan(0)
  client.pause('hidden')
  await advance(1_000)
  const asked = gateway.requests.length
  await advance(60_000)
  client.close()
  client.pause('metered')
  await advance(60_000)
  expect(gateway.requests).toHaveLength(asked)
})

it('behind a proxy, a signed-out client sends no request', async () => {
  let isOut = false
  const { client, gateway, advance } = createFakeClient({ isAllowed: () => !isOut })
  gateway.intercept(({ path }) =>
    path === '/events' && !isOut ? new Promise(() => undefined) : undefined,
  )
  const { job_id } = gateway.createJob({ status: 'running' })
  client.attach(exportUsers, job_id).subscribe(() => undefined)
  await advance(60_000)
  isOut = true
  await advance(60_000)
  expect(client.connection.getSnapshot().status).toBe('closed')
  const asked = gateway.requests.length
  await advance(60_000)
  expect(gateway.requests).toHaveLength(asked)
})

it('behind a proxy, obeys the Retry-After of a snapshot', async () => {
  const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5 })
  gateway.intercept(({ path }) => {
    if (path === '/events') return new Promise(() => undefined)
    if (!path.startsWith('/jobs')) return undefined
    return failure(429, 'RATE_LIMITED', 'slow down', { 'retry-after': '3600' })
  })
  const { job_id } = gateway.createJob()
  client.attach(exportUsers, job_id).subscribe(() => undefined)
  await advance(600_000)
  expect(gateway.count(`/jobs/${job_id}`)).toBeGreaterThan(0)
  expect(gateway.count(`/jobs/${job_id}`)).toBeLessThan(3)
})
