import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

const exportUsers = defineJob<null, string>('export_users')
const listUsers = defineQuery<{ team: string }, string[]>('list_users')
const nothing = (): void => undefined

it('is stale a second after its last watcher has left', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
  const job = client.attach(exportUsers, job_id)
  const stop = job.subscribe(nothing)
  await settled()
  stop()
  expect(job.getSnapshot()).toMatchObject({ progress: 40, sync: { status: 'live' } })
  await advance(1_000)
  const sync = { status: 'stale', since: 1_000, reason: 'unwatched' }
  expect(job.getSnapshot()).toMatchObject({ progress: 40, sync })
  expect(job.getSnapshot()).toBe(job.getSnapshot())
})

it('calls its listeners on unsubscribe(), since it is stale from then on', async () => {
  const { client, last, settled } = createFakeClient()
  const job = client.start(exportUsers, null)
  const seen: (string | null)[] = []
  job.subscribe(() => seen.push(job.getSnapshot().sync.reason))
  await settled()
  await last('export_users').running()
  job.unsubscribe()
  expect(seen.at(-1)).toBe('unwatched')
  expect(job.getSnapshot()).toMatchObject({ phase: 'running', sync: { status: 'stale' } })
})

it('is stale as an unwatched query, and not as an ended job', async () => {
  const { client, last, settled, advance } = createFakeClient({
    queries: { list_users: () => ['Ada'] },
  })
  const users = client.watch(listUsers, { team: 'a' })
  const job = client.start(exportUsers, null)
  const stop = users.subscribe(nothing)
  await settled()
  await last('export_users').complete('done')
  stop()
  job.unsubscribe()
  await advance(1_000)
  expect(users.getSnapshot()).toMatchObject({ data: ['Ada'], stale: true })
  expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', sync: { status: 'live' } })
})

it('shows the state that another handle follows before it has a subscriber', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
  const stop = client.attach(exportUsers, job_id).subscribe(nothing)
  await settled()
  const other = client.attach(exportUsers, job_id)
  expect(other.getSnapshot()).toMatchObject({ progress: 40, loading: false })
  expect(other.getServerSnapshot?.()).toMatchObject({ progress: null, loading: true })
  gateway.update(job_id, { progress: 50 })
  await settled()
  expect(other.getSnapshot().progress).toBe(50)
  stop()
  await advance(1_000)
  // It has shown 50 %, so it must not go back.
  expect(other.getSnapshot()).toMatchObject({ progress: 50, sync: { reason: 'unwatched' } })
})

it('calls onDone once for a run whose end another handle has already shown', async () => {
  const { client, gateway, settled } = createFakeClient()
  const { job_id } = gateway.createJob({ status: 'completed', output: 'done' })
  client.attach(exportUsers, job_id).subscribe(nothing)
  await settled()
  const outputs: string[] = []
  const onDone = (output: string): void => void outputs.push(output)
  const other = client.attach(exportUsers, job_id, { onDone })
  expect(other.getSnapshot().phase).toBe('succeeded')
  expect(outputs).toEqual([])
  other.subscribe(nothing)()
  other.subscribe(nothing)
  // subscribe() calls no listener, not even for an end.
  expect(outputs).toEqual([])
  await settled()
  expect(outputs).toEqual(['done'])
})

it('lazy: is `starting` from the beginning, and starts with the first subscriber', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const job = client.start(exportUsers, null, { lazy: true })
  expect(job.getSnapshot()).toMatchObject({ phase: 'starting', loading: true })
  await settled()
  expect(gateway.requests).toEqual([])
  const stop = job.subscribe(nothing)
  job.subscribe(nothing)()
  await settled()
  expect(gateway.count('/rpc/export_users')).toBe(1)
  stop()
  await advance(1_000)
  expect(gateway.registrations()).toEqual([])
})

it('lazy: retryStart() starts it without a subscriber', async () => {
  const { client, gateway, settled } = createFakeClient()
  const job = client.start(exportUsers, null, { lazy: true })
  await job.retryStart()
  await job.retryStart()
  await settled()
  expect(gateway.count('/rpc/export_users')).toBe(1)
  expect(gateway.registrations()).toEqual([])
  expect(job.getSnapshot()).toMatchObject({ phase: 'queued', jobId: 'job-1' })
})

it('lazy: reading `result` starts it', async () => {
  const { client, last, settled } = createFakeClient()
  const job = client.start(exportUsers, null, { lazy: true })
  const result = job.result
  await settled()
  await last('export_users').complete('done')
  await expect(result).resolves.toBe('done')
})

it('ready() resolves with the first state, and all handles of a run share its promise', async () => {
  const { client, gateway, settled } = createFakeClient()
  const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
  const [first, second] = [client.attach(exportUsers, job_id), client.attach(exportUsers, job_id)]
  const ready = first.ready()
  expect(second.ready()).toBe(ready)
  await settled()
  await ready
  expect(second.getSnapshot()).toMatchObject({ progress: 40, loading: false })
})

it('ready() keeps the run registered for half a minute', async () => {
  const { client, gateway, advance, settled } = createFakeClient()
  const { job_id } = gateway.createJob()
  void client.attach(exportUsers, job_id).ready()
  await settled()
  await advance(29_000)
  expect(gateway.registrations()).toEqual([`job:${job_id}`])
  await advance(2_000)
  expect(gateway.registrations()).toEqual([])
})

it.each([
  ['a missing job', { isAllowed: () => true }, 'unknown', 'missing'],
  ['a connection that is closed for good', { isAllowed: () => false }, 'job-1', 'queued'],
])('ready() resolves when no state can come: %s', async (_, options, id, phase) => {
  const { client, gateway } = createFakeClient(options)
  gateway.createJob()
  const job = client.attach(exportUsers, id)
  await job.ready()
  expect(job.getSnapshot().phase).toBe(phase)
})

it('ready() resolves at once for a handle without a run', async () => {
  const { client, gateway } = createFakeClient()
  await client.attach(exportUsers, undefined).ready()
  expect(gateway.requests).toEqual([])
})
