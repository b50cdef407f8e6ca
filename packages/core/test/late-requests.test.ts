import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'

// phoenixframework/phoenix#1483, #1485, AndersMalmgren/SignalR.EventAggregatorProxy#7,
// pusher/pusher-js#196: after leaving and entering again, a late leave request removes the new
// registration.

const exportUsers = defineJob<null, string>('export_users')
const listUsers = defineQuery<null, string[]>('list_users')

it('keeps the new registration when a slow /unsubscribe of the old one arrives after it', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const jobId = gateway.createJob().job_id
  const leave = client.attach(exportUsers, jobId).subscribe(() => undefined)
  await settled()
  let release: () => void = () => undefined
  gateway.intercept(({ path }) =>
    path.startsWith('/unsubscribe')
      ? new Promise((resolve) => {
          release = () => resolve(undefined)
        })
      : undefined,
  )
  leave()
  await advance(1_001)
  const job = client.attach(exportUsers, jobId)
  job.subscribe(() => undefined)
  await settled()
  expect(job.getSnapshot().sync.status).toBe('live')
  // Requests can overtake each other: the server reads this one last.
  release()
  await settled()
  gateway.update(jobId, { status: 'completed', output: 'done' })
  await settled()
  expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded' })
})

it('keeps the new registration of a query when the answer to the old one comes late', async () => {
  let names = ['ann']
  const { client, gateway, settled, advance } = createFakeClient({
    capabilities: inBatches,
    queries: { list_users: () => names },
  })
  let release: () => void = () => undefined
  let count = 0
  gateway.intercept(({ path }) => {
    if (path !== '/subscribe-batch') return undefined
    count += 1
    if (count > 1) return undefined
    // Delays the first answer.
    return new Promise((resolve) => {
      release = () => resolve(undefined)
    })
  })
  const leave = client.watch(listUsers, null).subscribe(() => undefined)
  await settled()
  leave()
  await advance(1_500)
  const users = client.watch(listUsers, null)
  users.subscribe(() => undefined)
  await settled()
  expect(users.getSnapshot()).toMatchObject({ data: ['ann'], sync: { status: 'live' } })
  release()
  await settled()
  names = ['ann', 'bob']
  gateway.changed('list_users')
  await advance(5_000)
  expect(users.getSnapshot().data).toEqual(['ann', 'bob'])
})

it('keeps the new registration of a job when the answer to the old one comes late', async () => {
  const { client, gateway, settled, advance } = createFakeClient({ capabilities: inBatches })
  const jobId = gateway.createJob().job_id
  let release: () => void = () => undefined
  let count = 0
  gateway.intercept(({ path }) => {
    if (path !== '/subscribe-batch') return undefined
    count += 1
    if (count > 1) return undefined
    return new Promise((resolve) => {
      release = () => resolve(undefined)
    })
  })
  const leave = client.attach(exportUsers, jobId).subscribe(() => undefined)
  await settled()
  leave()
  await advance(1_500)
  const job = client.attach(exportUsers, jobId)
  job.subscribe(() => undefined)
  await settled()
  release()
  await settled()
  gateway.update(jobId, { status: 'completed', output: 'done' })
  await advance(5_000)
  expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded' })
})
