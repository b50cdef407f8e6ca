import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// os-autoinst/openqa-mon#108, openmpf/openmpf#681: what has ended is never asked for again, though it runs again.

const exportUsers = defineJob<null, string>('export_users')

it('a job that ended, was left, and runs again elsewhere: who watches it again sees that', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  const leave = job.subscribe(() => undefined)
  await settled()
  gateway.update(jobId, { status: 'failed', error: 'no' })
  await settled()
  expect(job.getSnapshot().phase).toBe('failed')
  leave()
  await advance(60_000)
  // Another tab retries it.
  gateway.update(jobId, { status: 'running', error: null, progress: 10 })
  job.subscribe(() => undefined)
  await settled()
  await advance(1_000)
  expect(job.getSnapshot()).toMatchObject({ phase: 'running', progress: 10 })
})

it('retry() of a job that nobody watched any more: what comes after is shown, and its result is the new one', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  const leave = job.subscribe(() => undefined)
  await settled()
  gateway.update(jobId, { status: 'failed', error: 'no' })
  await settled()
  leave()
  await advance(60_000)
  await job.retry()
  const result = job.result
  result.catch(() => undefined)
  await settled()
  gateway.update(jobId, { status: 'completed', error: null, output: 'done' })
  await settled()
  await expect(result).resolves.toBe('done')
})

it('a new handle of what another screen still shows as ended asks the server', async () => {
  const { client, gateway, settled } = createFakeClient()
  const jobId = gateway.createJob().job_id
  // A history list, which stays mounted.
  client.attach(exportUsers, jobId).subscribe(() => undefined)
  await settled()
  gateway.update(jobId, { status: 'failed', error: 'no' })
  await settled()
  gateway.update(jobId, { status: 'running', error: null, progress: 10 })
  const job = client.attach(exportUsers, jobId)
  job.subscribe(() => undefined)
  await settled()
  expect(job.getSnapshot()).toMatchObject({ phase: 'running', progress: 10 })
})

/** A job that has ended, on a screen that stays. */
async function openEnded() {
  const fake = createFakeClient()
  const jobId = fake.gateway.createJob().job_id
  const job = fake.client.attach(exportUsers, jobId)
  job.subscribe(() => undefined)
  await fake.settled()
  fake.gateway.update(jobId, { status: 'failed', error: 'no' })
  await fake.settled()
  expect(job.getSnapshot().phase).toBe('failed')
  return { ...fake, jobId, job }
}

it('retry() whose answer is lost: the run that began all the same is shown', async () => {
  const { gateway, settled, advance, jobId, job } = await openEnded()
  gateway.lose(({ path }) => path.endsWith('/retry'))
  await expect(job.retry()).rejects.toMatchObject({ code: 'NETWORK' })
  await settled()
  await advance(1_000)
  expect(gateway.run(jobId).status).toBe('pending')
  expect(job.getSnapshot()).toMatchObject({ status: 'pending', sync: { status: 'live' } })
  gateway.update(jobId, { status: 'running', error: null, progress: 10 })
  await settled()
  expect(job.getSnapshot()).toMatchObject({ phase: 'running', progress: 10 })
})

it('retry() while the client is closed and opened again: the run that began is shown', async () => {
  const { client, gateway, settled, advance, jobId, job } = await openEnded()
  const retried = job.retry()
  while (gateway.run(jobId).status === 'failed') await Promise.resolve()
  client.close()
  client.reconnectNow()
  await expect(retried).rejects.toMatchObject({ code: 'CLOSED' })
  await settled()
  await advance(1_000)
  expect(job.getSnapshot()).toMatchObject({ status: 'pending', sync: { status: 'live' } })
})
