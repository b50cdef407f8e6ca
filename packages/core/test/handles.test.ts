import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

const exportUsers = defineJob<null, string>('export_users')
const listUsers = defineQuery<{ team: string }, string[]>('list_users')
const nothing = (): void => undefined

it('nobody watches any more: a second later it says that it may be old', async () => {
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

it('told to stop watching, it tells who listens that it may be old from now on', async () => {
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

it('a query that nobody watches any more is stale; a job that has ended is not', async () => {
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

it('a handle that follows nothing yet shows what others see of the same run', async () => {
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
  // It saw 50 %: what it saw does not go backwards.
  expect(other.getSnapshot()).toMatchObject({ progress: 50, sync: { reason: 'unwatched' } })
})

it('a handle that looked at a run of others is told its end all the same, once', async () => {
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
  // Subscribing tells nobody, not even of an end.
  expect(outputs).toEqual([])
  await settled()
  expect(outputs).toEqual(['done'])
})

it('lazy: it shows that it will start, and starts once somebody subscribes', async () => {
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

it('lazy: retryStart() starts it without anybody watching', async () => {
  const { client, gateway, settled } = createFakeClient()
  const job = client.start(exportUsers, null, { lazy: true })
  await job.retryStart()
  await job.retryStart()
  await settled()
  expect(gateway.count('/rpc/export_users')).toBe(1)
  expect(gateway.registrations()).toEqual([])
  expect(job.getSnapshot()).toMatchObject({ phase: 'queued', jobId: 'job-1' })
})

it('lazy: whoever awaits its result starts it', async () => {
  const { client, last, settled } = createFakeClient()
  const job = client.start(exportUsers, null, { lazy: true })
  const result = job.result
  await settled()
  await last('export_users').complete('done')
  await expect(result).resolves.toBe('done')
})

it('ready() resolves with the first state: one promise for all who follow the run', async () => {
  const { client, gateway, settled } = createFakeClient()
  const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
  const [first, second] = [client.attach(exportUsers, job_id), client.attach(exportUsers, job_id)]
  const ready = first.ready()
  expect(second.ready()).toBe(ready)
  await settled()
  await ready
  expect(second.getSnapshot()).toMatchObject({ progress: 40, loading: false })
})

it('ready() keeps the run for whoever waited, half a minute, and no longer', async () => {
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
  ['a refusal', { isAllowed: () => true }, 'nobody', 'missing'],
  ['a connection that is closed for good', { isAllowed: () => false }, 'job-1', 'queued'],
])('ready() resolves when nothing better will come: %s', async (_, options, id, phase) => {
  const { client, gateway } = createFakeClient(options)
  gateway.createJob()
  const job = client.attach(exportUsers, id)
  await job.ready()
  expect(job.getSnapshot().phase).toBe(phase)
})

it('ready() of what asks for nothing resolves at once', async () => {
  const { client, gateway } = createFakeClient()
  await client.attach(exportUsers, undefined).ready()
  expect(gateway.requests).toEqual([])
})
