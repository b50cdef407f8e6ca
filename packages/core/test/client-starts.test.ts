import { describe, expect, it } from 'vitest'
import { StartFailed } from '../src/index.ts'
import { failure } from '../src/testing/index.ts'
import { client, exportUsers, gateway, output } from './support/client-without-batches.ts'
import { catchUncaught } from './support/uncaught.ts'
import { until } from './until.ts'

describe('a started job', () => {
  it('is starting at once, then queued, running and completed', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    expect(job.getSnapshot()).toMatchObject({ phase: 'starting', loading: true, jobId: '' })

    const live = await until(job, ({ sync }) => sync.status === 'live')
    expect(live).toMatchObject({ phase: 'queued', loading: false, jobId: 'job-1' })
    expect(gateway.requests[0]).toMatchObject({ path: '/rpc/export_users' })
    expect(gateway.requests[0]?.body).toEqual({ args: { format: 'csv' } })

    gateway.update('job-1', { status: 'running', progress: 40, message: 'row 4,000 of 10,000' })
    await until(job, ({ progress }) => progress === 40)
    gateway.update('job-1', { status: 'completed', output })
    expect(await job.result).toEqual(output)
    expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', isDone: true, isActive: false })
  })

  it('gives state$ its value at once, then each change', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    const phases: string[] = []
    job.state$.subscribe(({ phase }) => phases.push(phase))
    await until(job, ({ sync }) => sync.status === 'live')
    gateway.update('job-1', { status: 'running' })
    await until(job, ({ phase }) => phase === 'running')
    expect([...new Set(phases)]).toEqual(['starting', 'queued', 'running'])
  })

  it('is released at the server once it has ended', async () => {
    const job = client.start(exportUsers, { format: 'csv' })
    await until(job, ({ sync }) => sync.status === 'live')
    expect(gateway.registrations()).toEqual(['job:job-1'])
    gateway.update('job-1', { status: 'completed', output })
    await job.result
    await expect.poll(() => gateway.registrations()).toEqual([])
  })

  it('shows a start that failed, in words and as an error, and has no job', async () => {
    gateway.intercept(({ path }) =>
      path.startsWith('/rpc') ? failure(404, 'NOT_FOUND', 'no function export_users') : undefined,
    )
    const job = client.start(exportUsers, { format: 'csv' })
    const failed = await until(job, ({ isDone }) => isDone)
    expect(failed).toMatchObject({
      jobId: '',
      status: 'failed',
      phase: 'failed',
      error: 'no function export_users',
      startError: { name: 'RpcError', code: 'NOT_FOUND', status: 404 },
    })
    await expect(job.result).rejects.toBeInstanceOf(StartFailed)
    await expect(job.cancel()).rejects.toThrow('no function export_users')
  })

  it('tells a proxy’s page from the server’s word', async () => {
    gateway.intercept(() => new Response('<h1>Bad gateway</h1>', { status: 502 }))
    const { startError } = await until(
      client.start(exportUsers, { format: 'csv' }),
      ({ isDone }) => isDone,
    )
    expect(startError).toMatchObject({ code: 'HTTP_502', status: 502 })
  })

  it('says so when no answer came at all', async () => {
    gateway.intercept(() => {
      throw new TypeError('fetch failed')
    })
    const { startError } = await until(
      client.start(exportUsers, { format: 'csv' }),
      ({ isDone }) => isDone,
    )
    expect(startError).toMatchObject({ code: 'NETWORK', status: null })
  })
})

it('a listener that throws holds up nobody, and is no failed start', async () => {
  const uncaught = catchUncaught()
  const job = client.start(exportUsers, { format: 'csv' })
  job.subscribe(() => {
    throw new Error('a bug of the page')
  })
  await until(job, ({ sync }) => sync.status === 'live')
  gateway.update('job-1', { status: 'completed', output })
  expect(await job.result).toEqual(output)
  expect(await uncaught()).toContainEqual(new Error('a bug of the page'))
})
