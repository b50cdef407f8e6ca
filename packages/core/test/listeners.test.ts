import { expect, it } from 'vitest'
import { defineJob, type JobView } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { catchUncaught } from './support/uncaught.ts'

// reduxjs/redux#461, Yarikx/reductor#9, developit/unistore#25, zupat/dart_beacon#153: listeners
// that unsubscribe, or change the store, while the store calls its listeners.

const exportUsers = defineJob<null, string>('export_users')

it('does not call a listener that an earlier listener has unsubscribed', async () => {
  const { client, gateway, settled } = createFakeClient()
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  await settled()
  let isStopped = false
  const calls: string[] = []
  let stop: () => void = () => undefined
  job.subscribe(() => {
    stop()
    isStopped = true
  })
  stop = job.subscribe(() => {
    if (isStopped) calls.push('called after it was unsubscribed')
  })
  await settled()
  gateway.update(jobId, { status: 'running', progress: 10 })
  await settled()
  expect(calls).toEqual([])
})

it('does not call a listener of the connection that an earlier one has unsubscribed', async () => {
  const { client, gateway, settled } = createFakeClient()
  let isStopped = false
  const calls: string[] = []
  let stop: () => void = () => undefined
  client.connection.subscribe(() => {
    stop()
    isStopped = true
  })
  stop = client.connection.subscribe(() => {
    if (isStopped) calls.push('called after it was unsubscribed')
  })
  client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  await settled()
  expect(calls).toEqual([])
})

it('calls the other listeners once per view, in order, if a listener changes the view', async () => {
  const { client, gateway, settled } = createFakeClient()
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  job.state$.subscribe(({ progress }) => {
    if (progress === 40) job.unsubscribe()
  })
  const seen: JobView<string>[] = []
  job.state$.subscribe((view) => seen.push(view))
  await settled()
  for (const progress of [20, 40]) gateway.update(jobId, { status: 'running', progress })
  await settled()
  expect(seen.length).toBe(new Set(seen).size)
  expect(seen.map(({ progress, sync }) => [progress, sync.status])).toEqual([
    [null, 'connecting'],
    [0, 'live'],
    [20, 'live'],
    [40, 'stale'],
  ])
})

it.each(['close', 'pause'] as const)(
  'works if a listener calls %s() when its job catches up',
  async (verb) => {
    const uncaught = catchUncaught()
    const { client, gateway, advance } = createFakeClient()
    const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
    const statuses: string[] = []
    job.subscribe(() => {
      const { status } = job.getSnapshot().sync
      statuses.push(status)
      if (status === 'catching-up') client[verb]()
    })
    await advance(100)
    gateway.drop()
    await advance(5_000)
    expect(statuses).toContain('catching-up')
    expect(await uncaught()).toEqual([])
  },
)
