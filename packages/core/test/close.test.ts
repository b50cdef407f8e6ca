import { describe, expect, it } from 'vitest'
import { createClient, defineJob, defineMutation } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'
import { createTimedClient } from './support/timers.ts'

// ace-technologies-inc/i3X-Explorer#3, MetaMask/metamask-extension#41917: closing cancels a
// clean-up that is due.

const exportUsers = defineJob<null, string>('export_users')

it('does not follow a job again after a reconnect if it was released just before close()', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const leave = client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(() => undefined)
  await settled()
  leave()
  client.close()
  await settled()
  client.reconnectNow()
  await advance(60_000)
  expect(gateway.registrations()).toEqual([`job:${job.getSnapshot().jobId}`])
})

it('does not follow a job again after a reconnect if only ready() waited for it before close()', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  await Promise.all([client.attach(exportUsers, gateway.createJob().job_id).ready(), settled()])
  client.close()
  client.reconnectNow()
  await advance(120_000)
  expect(gateway.registrations()).toEqual([])
})

it('close() does not throw for a client without url and page', async () => {
  const client = createClient()
  const rejected = expect(client.attach(exportUsers, undefined).result).rejects.toMatchObject({
    name: 'ClientClosed',
  })
  expect(() => client.close()).not.toThrow()
  await rejected
})

describe('close() leaves no timer', () => {
  it('behind a proxy, before and after its screens unsubscribe', async () => {
    const { client, gateway, advance, settled, timers } = createTimedClient()
    gateway.intercept(({ path }) => (path === '/events' ? new Promise(() => undefined) : undefined))
    const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
    const leave = job.subscribe(() => undefined)
    await advance(60_000)
    expect(timers()).toBeGreaterThan(0)
    client.close()
    await settled()
    expect(timers()).toBe(0)
    leave()
    await settled()
    expect(timers()).toBe(0)
  })

  it('when a listener calls it after a registration failed', async () => {
    const { client, gateway, advance, timers } = createTimedClient({ capabilities: inBatches })
    gateway.intercept(({ path }) =>
      path.startsWith('/subscribe')
        ? failure(429, 'RATE_LIMITED', 'slow down', { 'retry-after': '3600' })
        : undefined,
    )
    const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
    job.subscribe(() => {
      if (job.getSnapshot().sync.reason === 'RATE_LIMITED') client.close()
    })
    await advance(1_000)
    expect(client.connection.getSnapshot().status).toBe('closed')
    expect(timers()).toBe(0)
  })

  it('and ready() of a closed client sets none', async () => {
    const { client, gateway, timers } = createTimedClient()
    client.close()
    await client.attach(exportUsers, gateway.createJob().job_id).ready()
    expect(timers()).toBe(0)
  })

  it('while a forced refresh hangs', async () => {
    const { client, advance, settled, timers } = createTimedClient(
      { isAllowed: () => false },
      {
        callTimeoutMs: 3_600_000,
        token: ({ force }) => (force ? new Promise<string>(() => undefined) : 'old'),
      },
    )
    const rejected = expect(client.call(defineMutation('anything'))).rejects.toBeInstanceOf(Error)
    await advance(100)
    expect(timers()).toBeGreaterThan(0)
    client.close()
    await rejected
    await settled()
    expect(timers()).toBe(0)
  })
})
