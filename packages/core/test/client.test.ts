import { describe, expect, it, vi } from 'vitest'
import { createClient, defineMutation } from '../src/index.ts'
import { failure } from '../src/testing/index.ts'
import { client, exportUsers, gateway } from './support/client-without-batches.ts'

describe('close', () => {
  it('leaves no stream and no timer, shows what was shown as stale, and can be undone', async () => {
    vi.useFakeTimers()
    const job = client.start(exportUsers, { format: 'csv' })
    await expect.poll(() => job.getSnapshot().sync.status).toBe('live')
    client.close()
    client.close()
    expect(gateway.openStreams()).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
    expect(job.getSnapshot().sync).toMatchObject({ status: 'stale', reason: 'closed' })
    job.unsubscribe()
    expect(vi.getTimerCount()).toBe(0)

    job.subscribe(() => undefined)
    client.reconnectNow()
    await expect.poll(() => job.getSnapshot().sync.status).toBe('live')
  })
})

describe('call', () => {
  it('returns what the function answers, and rejects with its code', async () => {
    gateway.intercept(({ path, body }) => {
      if (path === '/rpc/add') return Response.json({ success: true, data: body.args })
      return failure(429, 'RATE_LIMITED', 'slow down', { 'retry-after': '7' })
    })
    expect(await client.call(defineMutation('add'), [1, 2])).toEqual([1, 2])
    await expect(client.call(defineMutation('hammer'))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      status: 429,
      retryAfterMs: 7_000,
    })
    expect(gateway.count('/events')).toBe(0)
  })
})

it('names what is wrong with its options', () => {
  expect(() => createClient({ url: 'gateway:4400' })).toThrow('url is "gateway:4400"')
})
