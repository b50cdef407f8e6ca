import { describe, expect, it } from 'vitest'
import { defineJob, defineWorkflow } from '../src/index.ts'
import { createFakeClient, createFakeGateway } from '../src/testing/index.ts'

const exportUsers = defineJob<null, string>('export_users')

/** A server without our extensions. */
const createForge = () => {
  const fake = createFakeClient({ capabilities: [], pingSecs: null, workflows: ['verify'] })
  const { job_id } = fake.gateway.createJob()
  const job = fake.client.attach(exportUsers, job_id)
  job.subscribe(() => undefined)
  return { ...fake, job, jobId: job_id }
}

describe('a server without our extensions', () => {
  it('gets one registration at a time, and no request that it does not support', async () => {
    const { client, gateway, settled, job } = createForge()
    const verify = defineWorkflow<null, null>('verify')
    client.attach(verify, gateway.createWorkflow().workflow_id).subscribe(() => undefined)
    await settled()
    expect(job.getSnapshot()).toMatchObject({
      sync: { status: 'live' },
      revision: null,
      attempt: 0,
    })
    expect(gateway.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      // Once per client.
      'POST /events',
      'GET /events',
      'POST /subscribe-job',
      'POST /subscribe-workflow',
    ])
    job.unsubscribe()
    await settled()
    expect(gateway.count('/unsubscribe')).toBe(0)
  })

  it('is read again when it is quiet, which shows a change between its snapshot and its registration', async () => {
    const { gateway, settled, advance, job, jobId } = createForge()
    await settled()
    gateway.updateSilently(jobId, { status: 'completed', output: 'done' })
    await advance(4_000)
    expect(job.getSnapshot().phase).toBe('queued')
    await advance(2_000)
    expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
  })

  it('is read at growing intervals for a silent job, and not at all for an ended one', async () => {
    const { gateway, advance, jobId } = createForge()
    await advance(5_000)
    expect(gateway.count('/subscribe-job')).toBe(2)
    await advance(55_000)
    expect(gateway.count('/subscribe-job')).toBe(4)
    gateway.update(jobId, { status: 'completed' })
    await advance(60_000)
    expect(gateway.count('/subscribe-job')).toBe(4)
  })

  it('is read once more if a push overtakes the answer; until then the push is shown', async () => {
    const { gateway, settled, job, jobId } = createForge()
    let isFirst = true
    gateway.intercept(async ({ path }) => {
      if (path !== '/subscribe-job' || !isFirst) return undefined
      isFirst = false
      const target = `job:${jobId}`
      const payload = { ...gateway.run(jobId), status: 'running', progress: 40 }
      gateway.send({ type: 'update', target, payload })
      await settled()
      gateway.updateSilently(jobId, { status: 'running', progress: 50 })
      return Response.json({ success: true, data: { ...payload, progress: 30 } })
    })
    const seen: (number | null)[] = []
    job.subscribe(() => seen.push(job.getSnapshot().progress))
    await settled()
    await settled()
    await settled()
    expect(job.getSnapshot().progress).toBe(50)
    expect(seen).not.toContain(30)
    expect(gateway.count('/subscribe-job')).toBe(2)
  })

  it('is not read again and again for a job with constant updates', async () => {
    const { gateway, settled, job, jobId } = createForge()
    let progress = 0
    gateway.intercept(({ path }) => {
      if (path !== '/subscribe-job') return undefined
      progress += 1
      const payload = { ...gateway.run(jobId), status: 'running', progress }
      gateway.send({ type: 'update', target: `job:${jobId}`, payload })
      return settled().then(() => undefined)
    })
    for (let turn = 0; turn < 5; turn += 1) await settled()
    expect(gateway.count('/subscribe-job')).toBe(2)
    expect(job.getSnapshot()).toMatchObject({ progress: 2, sync: { status: 'live' } })
  })

  it('may send `pending` with an error, which is a retry, and progress after the end', async () => {
    const { gateway, settled, job, jobId } = createForge()
    await settled()
    gateway.update(jobId, { status: 'pending', error: 'disk full', progress: 40 })
    await settled()
    expect(job.getSnapshot()).toMatchObject({ phase: 'retrying', status: 'pending', progress: 40 })
    gateway.update(jobId, { status: 'completed', output: 'done' })
    gateway.update(jobId, { status: 'completed', progress: 100 })
    gateway.update(jobId, { status: 'running', progress: 99 })
    await settled()
    expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', progress: 100, output: 'done' })
  })
})

describe('a server that is rolled back to a version without our extensions', () => {
  const rollBack = async () => {
    const ours = createFakeGateway()
    const forge = createFakeGateway({ capabilities: [], pingSecs: null })
    let current = ours
    const fetch: typeof ours.fetch = (input, init) => current.fetch(input, init)
    const { client, advance } = createFakeClient({}, { random: () => 0.5, fetch })
    for (const gateway of [ours, forge]) gateway.createJob({ job_id: 'export-1' })
    const job = client.attach(exportUsers, 'export-1')
    job.subscribe(() => undefined)
    await advance(100)
    current = forge
    ours.drop()
    await advance(5_000)
    expect(forge.openStreams()).toBe(1)
    return { client, forge, advance, job }
  }

  it('does not get a start again whose answer was lost', async () => {
    const { client, forge, advance } = await rollBack()
    forge.lose(({ path }) => path === '/rpc/export_users')
    client.start(exportUsers, null)
    await advance(30_000)
    expect(forge.count('/rpc/export_users')).toBe(1)
  })

  it('cannot cancel, and cancel() rejects', async () => {
    const { job } = await rollBack()
    await expect(job.cancel()).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })
})
