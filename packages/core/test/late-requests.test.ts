import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// phoenixframework/phoenix#1483, #1485, AndersMalmgren/SignalR.EventAggregatorProxy#7, pusher/pusher-js#196:
// leaving and entering again: the late leave takes away what was registered anew.

const exportUsers = defineJob<null, string>('export_users')
const listUsers = defineQuery<null, string[]>('list_users')

it('watched again just after it was let go of: a slow /unsubscribe does not take the new one away', async () => {
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
  // Requests overtake each other: the server reads this one last.
  release()
  await settled()
  gateway.update(jobId, { status: 'completed', output: 'done' })
  await settled()
  expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded' })
})

it('a late answer to a registration that was let go of does not take the new one away', async () => {
  let names = ['ann']
  const { client, gateway, settled, advance } = createFakeClient({
    queries: { list_users: () => names },
  })
  let release: () => void = () => undefined
  let count = 0
  gateway.intercept(({ path }) => {
    if (path !== '/subscribe-batch') return undefined
    count += 1
    if (count > 1) return undefined
    // The first one takes its time.
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

it('a late answer to a registration of a job that was let go of: likewise', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
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
