import { expect, it } from 'vitest'
import { defineJob, defineWorkflow } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

const exportUsers = defineJob<{ format: string }, { downloadUrl: string }>('export_users')
const output = { downloadUrl: '/users.csv' }

it('plays the changes of a job, and the client shows each of them', async () => {
  const fake = createFakeClient()
  const job = fake.client.start(exportUsers, { format: 'csv' })
  const seen: string[] = []
  job.subscribe(() => {
    const { phase, progress, sync } = job.getSnapshot()
    seen.push(`${phase} ${progress} ${sync.status}`)
  })
  await fake.last('export_users').claimed().running().progress(40, 'half').dropConnection()
  expect(job.getSnapshot()).toMatchObject({ progress: 40, message: 'half' })
  expect(job.getSnapshot().sync).toMatchObject({ status: 'stale', reason: 'network' })

  await fake.last('export_users').reconnect().complete(output)
  expect(await job.result).toEqual(output)
  expect(seen).toEqual([
    'queued null connecting',
    'queued 0 live',
    'queued 0 live',
    'running 0 live',
    'running 40 live',
    'running 40 stale',
    'running 40 catching-up',
    'running 40 live',
    'succeeded 40 live',
  ])
})

it('plays the steps of a workflow', async () => {
  const fake = createFakeClient({ workflows: ['verify'] })
  const verify = defineWorkflow<{ userId: string }, null>('verify')
  const workflow = fake.client.start(verify, { userId: 'u1' })
  await fake.last('verify').step('charge', 'completed').step('mail', 'failed', 'no such address')
  expect(workflow.getSnapshot()).toMatchObject({
    workflowId: 'workflow-1',
    phase: 'running',
    step: 'mail',
    steps: [
      { name: 'charge', status: 'completed', error: null },
      { name: 'mail', status: 'failed', error: 'no such address' },
    ],
  })
  await fake.last('verify').update({ status: 'compensating' })
  expect(workflow.getSnapshot().phase).toBe('compensating')
  await fake.last('verify').update({ status: 'compensated', error: 'no such address' })
  await expect(workflow.result).rejects.toThrow('no such address')
})

it('rejects if no run was started under that name', async () => {
  const fake = createFakeClient()
  await expect(fake.last('export_users').running()).rejects.toThrow('has no run of export_users')
})

it('moves its clock only by advance() and wait()', async () => {
  const fake = createFakeClient()
  const job = fake.client.start(exportUsers, { format: 'csv' })
  await fake.settled()
  job.unsubscribe()
  await fake.advance(1_000)
  expect(fake.gateway.registrations()).toEqual([])
  expect(fake.gateway.openStreams()).toBe(1)
  await fake.advance(24_000)
  fake.gateway.ping()
  await fake.advance(6_000)
  expect(fake.gateway.openStreams()).toBe(0)
})

it('asks again and again while the network is away, and is back at the next attempt', async () => {
  const fake = createFakeClient()
  const job = fake.client.start(exportUsers, { format: 'csv' })
  await fake.last('export_users').progress(40).dropConnection().wait(60_000)
  expect(job.getSnapshot().sync.status).toBe('stale')
  fake.gateway.goOnline()
  await fake.advance(20_000)
  expect(job.getSnapshot().sync.status).toBe('live')
})

it('keeps what was persisted over a reload', async () => {
  const fake = createFakeClient()
  fake.client.start(exportUsers, { format: 'csv' }, { persist: 'export' })
  await fake.last('export_users').progress(40)

  const page = fake.reload()
  const job = page.client.attach(exportUsers, undefined, { persist: 'export' })
  job.subscribe(() => undefined)
  await page.settled()
  expect(job.getSnapshot()).toMatchObject({ jobId: 'job-1', progress: 40 })

  const other = createFakeClient().client.attach(exportUsers, undefined, { persist: 'export' })
  expect(other.getSnapshot().phase).toBe('idle')
})
