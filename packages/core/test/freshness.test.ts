import { describe, expect, it } from 'vitest'
import { defineJob, defineQuery, defineWorkflow } from '../src/index.ts'
import { capabilities } from '../src/protocol/index.ts'
import { createFakeClient, type FakeGatewayOptions, failure } from '../src/testing/index.ts'

const exportUsers = defineJob<null, string>('export_users')
const verify = defineWorkflow<null, string>('verify')
const listUsers = defineQuery<null, string[]>('list_users')

/** A page with a job, a workflow and a query, all of them live. */
async function createPage(options: FakeGatewayOptions = {}) {
  const users = ['ann']
  const queries = { list_users: () => [...users] }
  const fake = createFakeClient({ queries, workflows: ['verify'], ...options })
  const { client, gateway, settled } = fake
  const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
  const workflow = client.attach(verify, gateway.createWorkflow().workflow_id)
  const query = client.watch(listUsers, null)
  const handles = [job, workflow, query]
  for (const handle of handles) handle.subscribe(() => undefined)
  await settled()
  const syncs = () => handles.map((handle) => handle.getSnapshot().sync.status)
  expect(syncs()).toEqual(['live', 'live', 'live'])
  return { ...fake, users, job, workflow, query, syncs }
}

describe('a server that cannot read changes', () => {
  it('makes all views stale, with its reason and the same status, and live again with the changes', async () => {
    const { gateway, settled, users, job, workflow, query, syncs } = await createPage()
    const before = job.getSnapshot()
    gateway.goStale()
    users.push('bob')
    gateway.changed('list_users')
    gateway.update(before.jobId, { progress: 40 })
    await settled()
    expect(syncs()).toEqual(['stale', 'stale', 'stale'])
    expect(job.getSnapshot()).toEqual({ ...before, sync: job.getSnapshot().sync })
    expect(job.getSnapshot().sync.reason).toBe('database')
    expect(workflow.getSnapshot().sync.reason).toBe('database')
    expect(query.getSnapshot()).toMatchObject({ data: ['ann'], stale: true, error: null })
    const asked = gateway.requests.length
    gateway.goFresh()
    await settled()
    expect(syncs()).toEqual(['live', 'live', 'live'])
    expect(job.getSnapshot()).toMatchObject({ progress: 40, sync: { reason: null } })
    expect(query.getSnapshot()).toMatchObject({ data: ['ann', 'bob'], stale: false })
    // If all clients registered again at that moment, they would overload the server.
    expect(gateway.requests.length).toBe(asked)
  })

  it('updates views from its answers and pushes, and they stay stale', async () => {
    const { client, gateway, settled, job } = await createPage()
    gateway.goStale()
    await settled()
    const late = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
    late.subscribe(() => undefined)
    await settled()
    expect(late.getSnapshot()).toMatchObject({ loading: false, sync: { status: 'stale' } })
    const { jobId } = job.getSnapshot()
    gateway.updateSilently(jobId, { progress: 60 })
    gateway.send({ type: 'update', target: `job:${jobId}`, payload: gateway.run(jobId) })
    await settled()
    expect(job.getSnapshot()).toMatchObject({ progress: 60, sync: { status: 'stale' } })
    gateway.goFresh()
    await settled()
    expect(late.getSnapshot().sync.status).toBe('live')
  })

  it('makes a view live if it answers or pushes its end', async () => {
    const { client, gateway, settled, job } = await createPage()
    gateway.goStale()
    await settled()
    const ended = gateway.createJob({ status: 'completed', output: 'done' })
    const late = client.attach(exportUsers, ended.job_id)
    late.subscribe(() => undefined)
    const { jobId } = job.getSnapshot()
    gateway.updateSilently(jobId, { status: 'completed', output: 'done' })
    gateway.send({ type: 'update', target: `job:${jobId}`, payload: gateway.run(jobId) })
    await settled()
    const done = { phase: 'succeeded', output: 'done', sync: { status: 'live', reason: null } }
    expect(job.getSnapshot()).toMatchObject(done)
    expect(late.getSnapshot()).toMatchObject(done)
    expect(await job.result).toBe('done')
  })

  it('gets a refused registration again, and its view is live after the answer', async () => {
    const { client, gateway, settled, advance } = await createPage()
    gateway.goStale()
    gateway.intercept(({ path }) =>
      path.startsWith('/subscribe') ? failure(503, 'SERVICE_UNAVAILABLE', 'later') : undefined,
    )
    const late = client.attach(exportUsers, gateway.createJob().job_id)
    late.subscribe(() => undefined)
    await settled()
    const waiting = { loading: true, sync: { status: 'connecting', reason: 'SERVICE_UNAVAILABLE' } }
    expect(late.getSnapshot()).toMatchObject(waiting)
    gateway.goFresh()
    await settled()
    expect(late.getSnapshot()).toMatchObject(waiting)
    gateway.intercept(() => undefined)
    await advance(10_000)
    expect(late.getSnapshot()).toMatchObject({ loading: false, sync: { status: 'live' } })
  })

  it('sends `stale` on a new stream, and views are live on a new stream after `fresh`', async () => {
    const { client, gateway, settled, syncs } = await createPage()
    gateway.goStale()
    await settled()
    gateway.drop()
    client.reconnectNow()
    await settled()
    expect(syncs()).toEqual(['stale', 'stale', 'stale'])
    gateway.goOffline()
    gateway.goFresh()
    gateway.goOnline()
    client.reconnectNow()
    await settled()
    expect(syncs()).toEqual(['live', 'live', 'live'])
  })

  it('changes nothing by a second `stale`, or by a `fresh` without a `stale`', async () => {
    const { gateway, settled, job } = await createPage()
    const before = job.getSnapshot()
    gateway.goFresh()
    await settled()
    expect(job.getSnapshot()).toBe(before)
    gateway.goStale()
    await settled()
    const stale = job.getSnapshot()
    gateway.send({ type: 'stale', reason: 'database' })
    await settled()
    expect(job.getSnapshot()).toBe(stale)
  })

  it('makes no view stale without the capability `freshness`', async () => {
    const offered = capabilities.filter((word) => word !== 'freshness')
    const { gateway, settled, syncs } = await createPage({ capabilities: offered })
    gateway.goStale()
    await settled()
    expect(syncs()).toEqual(['live', 'live', 'live'])
  })
})
