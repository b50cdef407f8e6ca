import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient, defineJob, defineMutation } from '../src/index.ts'
import { createFakeGateway, type FakeGatewayOptions, failure } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'

/* Servers and programs can ask for delays that platform timers cannot hold. These tests use fake platform timers. */

const exportUsers = defineJob<null, string>('export_users')
const day = 24 * 3_600_000
const minute = 60_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const follow = (
  options: Parameters<typeof createClient>[0] = {},
  gatewayOptions: FakeGatewayOptions = {},
) => {
  const gateway = createFakeGateway(gatewayOptions)
  const client = createClient({ url: 'http://fake', fetch: gateway.fetch, ...options })
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(() => undefined)
  return { gateway, client, job }
}

describe('a server that asks for a long wait', () => {
  it.each([
    ['a month', '2592000'],
    ['more seconds than a number can hold', '9'.repeat(400)],
    ['until 2099', 'Fri, 02 Jan 2099 00:00:00 GMT'],
  ])('gets the next stream after an hour: %s', async (_, retryAfter) => {
    const { gateway, client } = follow()
    gateway.intercept(({ path }) =>
      path === '/events'
        ? new Response('later', { status: 503, headers: { 'retry-after': retryAfter } })
        : undefined,
    )
    await vi.advanceTimersByTimeAsync(59 * minute)
    expect(gateway.count('/events')).toBe(1)
    await vi.advanceTimersByTimeAsync(2 * minute)
    expect(gateway.count('/events')).toBe(2)
    client.close()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('gets no registration again before that', async () => {
    const { gateway, client, job } = follow({}, { capabilities: inBatches })
    gateway.intercept(({ path }) =>
      path.startsWith('/subscribe')
        ? failure(429, 'RATE_LIMITED', 'later', { 'retry-after': '2592000' })
        : undefined,
    )
    for (let at = 0; at < 100; at += 1) {
      await vi.advanceTimersByTimeAsync(10_000)
      gateway.ping()
    }
    expect(gateway.count('/subscribe-batch')).toBe(1)
    expect(job.getSnapshot().sync).toMatchObject({ status: 'connecting', reason: 'RATE_LIMITED' })
    client.close()
  })

  it('gets no start again before that', async () => {
    const gateway = createFakeGateway()
    const client = createClient({ url: 'http://fake', fetch: gateway.fetch })
    gateway.intercept(({ path }) =>
      path.startsWith('/rpc')
        ? new Response('busy', { status: 503, headers: { 'retry-after': '2592000' } })
        : undefined,
    )
    client.start(exportUsers, null)
    await vi.advanceTimersByTimeAsync(30 * minute)
    expect(gateway.count('/rpc/export_users')).toBe(1)
    client.close()
  })
})

describe('a call with a very long time limit', () => {
  it.each([Number.POSITIVE_INFINITY, 2 ** 31, 30 * day])(
    'does not time out at once: %d ms',
    async (callTimeoutMs) => {
      const { gateway, client } = follow({ callTimeoutMs })
      gateway.intercept(({ path }) =>
        path.startsWith('/rpc') ? new Promise(() => undefined) : undefined,
      )
      let outcome: unknown
      client.call(defineMutation('slow')).catch((error: unknown) => {
        outcome = error
      })
      await vi.advanceTimersByTimeAsync(minute)
      expect(outcome).toBeUndefined()
      client.close()
      await vi.advanceTimersByTimeAsync(0)
      expect(outcome).toMatchObject({ code: 'CLOSED' })
    },
  )
})

describe('a server that announces an odd ping interval', () => {
  it.each([3_000_000, 1e300, -5, 0])('of %d seconds keeps its stream', async (pingSecs) => {
    const { gateway, client, job } = follow({}, { pingSecs })
    await vi.advanceTimersByTimeAsync(minute)
    expect(job.getSnapshot().sync.status).toBe('live')
    expect(gateway.count('/events')).toBe(1)
    client.close()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('of more than an hour loses its stream after an hour of silence', async () => {
    const { gateway, client } = follow({}, { pingSecs: 3_000_000 })
    await vi.advanceTimersByTimeAsync(62 * minute)
    expect(gateway.count('/events')).toBeGreaterThan(1)
    client.close()
  })
})
