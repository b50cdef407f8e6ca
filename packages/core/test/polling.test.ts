import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'

// SignalR/SignalR#1592 (the fallback never calls onFailed): the fallback transport does not tell what it is refused.

const exportUsers = defineJob<null, string>('export_users')
const listUsers = defineQuery<null, string[]>('list_users')

const buffered = () =>
  new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } })

it('behind a proxy: a run that the server refuses is refused, not a spinner for ever', async () => {
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

it('behind a proxy: a query that fails shows its error', async () => {
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

it('behind a proxy: one snapshot that hangs does not hold up the others', async () => {
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
  // Three streams of 10 s each that are no use, then polls every 5 s.
  await advance(31_000)
  gateway.update(other, { status: 'running', progress: 40 })
  await advance(12_000)
  expect(job.getSnapshot().progress).toBe(40)
})
