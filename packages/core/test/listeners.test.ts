import { expect, it } from 'vitest'
import { defineJob, type JobView } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// reduxjs/redux#461, Yarikx/reductor#9, developit/unistore#25, zupat/dart_beacon#153: listeners that leave, or change
// the store, while it is telling.

const exportUsers = defineJob<null, string>('export_users')

it('who has stopped is not told any more, also when another listener stopped it just now', async () => {
  const { client, gateway, settled } = createFakeClient()
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  await settled()
  let isStopped = false
  const told: string[] = []
  let stop: () => void = () => undefined
  job.subscribe(() => {
    stop()
    isStopped = true
  })
  stop = job.subscribe(() => {
    if (isStopped) told.push('told after it had stopped')
  })
  await settled()
  gateway.update(jobId, { status: 'running', progress: 10 })
  await settled()
  expect(told).toEqual([])
})

it('the connection: likewise', async () => {
  const { client, gateway, settled } = createFakeClient()
  let isStopped = false
  const told: string[] = []
  let stop: () => void = () => undefined
  client.connection.subscribe(() => {
    stop()
    isStopped = true
  })
  stop = client.connection.subscribe(() => {
    if (isStopped) told.push('told after it had stopped')
  })
  client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  await settled()
  expect(told).toEqual([])
})

it('a listener that changes what is shown: the others see each view once, in order', async () => {
  const { client, gateway, settled } = createFakeClient()
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  job.state$.subscribe(({ progress }) => {
    if (progress === 40) job.unsubscribe()
  })
  const seen: JobView<string>[] = []
  job.state$.subscribe((view) => seen.push(view))
  await settled()
  gateway.update(jobId, { status: 'running', progress: 40 })
  await settled()
  expect(seen.length).toBe(new Set(seen).size)
})
