import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// os-autoinst/openqa-mon#108, openmpf/openmpf#681: an ended run is never read again, although it
// runs again.

const exportUsers = defineJob<null, string>('export_users')

it('shows a new watcher that an ended job runs again', async () => {
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

it('shows the new run and its result after retry() of an unwatched job', async () => {
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

it('a new handle asks the server even if another screen shows the run as ended', async () => {
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

/** A job that has ended, and a screen that watches it. */
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

it('shows the new run even if the answer of retry() is lost', async () => {
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

it('shows the new run if the client was closed and opened again during retry()', async () => {
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

it('has the output of the new attempt as its next result if another client retries it', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  const leave = job.subscribe(() => undefined)
  await settled()
  const failed = job.result.catch((error: Error) => error.name)
  gateway.update(jobId, { status: 'failed', error: 'no' })
  expect(await failed).toBe('JobFailed')
  leave()
  await advance(60_000)
  gateway.update(jobId, { status: 'running', error: null })
  job.subscribe(() => undefined)
  await settled()
  gateway.update(jobId, { status: 'completed', output: 'done' })
  await advance(1_000)
  expect(await job.result).toBe('done')
})
