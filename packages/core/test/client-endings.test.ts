import { describe, expect, it } from 'vitest'
import { JobCancelled, JobFailed, JobMissing, JobUnwatched } from '../src/index.ts'
import { client, exportUsers, gateway } from './support/client-without-batches.ts'
import { until } from './until.ts'

describe('how a job ends', () => {
  it.each([
    ['failed', JobFailed],
    ['dead_letter', JobFailed],
    ['cancelled', JobCancelled],
  ] as const)('%s rejects its result', async (status, errorClass) => {
    const { job_id } = gateway.createJob({ status, error: 'disk full' })
    const error = await client.attach(exportUsers, job_id).result.catch((reason) => reason)
    expect(error).toBeInstanceOf(errorClass)
    expect(error).toMatchObject({ message: 'disk full', jobId: job_id, status })
  })

  it('not found rejects its result', async () => {
    const job = client.attach(exportUsers, 'gone')
    await expect(job.result).rejects.toBeInstanceOf(JobMissing)
    expect(job.getSnapshot()).toMatchObject({ phase: 'missing', status: 'not_found' })
  })

  it('cancel asks the server, with the reason', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    await job.cancel('changed my mind')
    await expect(job.result).rejects.toMatchObject({
      name: 'JobCancelled',
      message: 'changed my mind',
    })
  })

  it('unsubscribe stops watching and rejects the result; the job goes on', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    const result = job.result
    await until(job, ({ sync }) => sync.status === 'live')
    job.unsubscribe()
    await expect(result).rejects.toBeInstanceOf(JobUnwatched)
    gateway.update('job-1', { status: 'running' })
    expect(job.getSnapshot().phase).toBe('queued')
    // A later subscriber follows it anew.
    await until(job, ({ phase }) => phase === 'running')
  })

  it('unsubscribe stops all who watch, also when one of them leaves later', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    const seen: string[] = []
    job.subscribe(() => seen.push(job.getSnapshot().phase))
    const leave = job.subscribe(() => undefined)
    await until(job, ({ sync }) => sync.status === 'live')
    job.unsubscribe()
    leave()
    const other = client.attach(exportUsers, 'job-1')
    gateway.update('job-1', { status: 'running' })
    await until(other, ({ phase }) => phase === 'running')
    expect(seen).not.toContain('running')
  })

  it('nobody asks for the result: nothing is rejected unhandled', async () => {
    const { job_id } = gateway.createJob({ status: 'failed', error: 'disk full' })
    await until(client.attach(exportUsers, job_id), ({ isDone }) => isDone)
  })
})
