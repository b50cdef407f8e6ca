import { get, openStream, post, start, subscribe } from '@headway/conformance/wire'
import { SignJWT } from 'jose'
import { pino } from 'pino'
import { describe, expect, it, vi } from 'vitest'
import { createWorker } from '../src/index.ts'
import { jobs } from './support/jobs.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { closing, database, metric, serve } from './support/operated-gateway.ts'
import { quiet } from './support/quiet.ts'

it('a gateway and a worker on any engine: here one in memory', async () => {
  const engine = memoryEngine()
  const [url] = await serve({ engine })
  const stream = await openStream(url)
  const jobId = await start(url, 'count', { rows: 3 })
  await subscribe(url, stream, jobId)
  // Only now, so that the end is pushed and not the answer of the registration.
  const worker = await createWorker({ database, engine, jobs, logger: quiet })
  closing.unshift(worker.close)
  const end = await stream.until(({ status }) => status === 'completed')
  expect(end).toMatchObject({ output: { rows: 3 }, attempt: 1 })
  stream.close()
})

describe('/ready', () => {
  /** An engine whose queue answers so. */
  const withQueue = (ping: () => Promise<void>) => {
    const engine = memoryEngine()
    const connect: typeof engine.connect = async (...args) => ({
      ...(await engine.connect(...args)),
      ping,
    })
    return { ...engine, connect }
  }

  it.each<[string, number, boolean, () => Promise<void>]>([
    ['answers', 200, true, async () => undefined],
    ['is out of order', 503, false, () => Promise.reject(new Error('no such table'))],
    ['is silent', 503, false, () => new Promise(() => undefined)],
  ])('asks the queue: one that %s', async (_, status, queue, ping) => {
    const [url] = await serve({ engine: withQueue(ping) })
    expect(await get(url, '/ready')).toMatchObject({
      status,
      body: { ready: queue, queue, database: true, reactor: true, accepting: true },
    })
  })

  it('asks a queue that is silent once, however many requests come', async () => {
    const ping = vi.fn(() => new Promise<void>(() => undefined))
    const [url] = await serve({ engine: withQueue(ping) })
    const answers = await Promise.all(Array.from({ length: 30 }, () => get(url, '/ready')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]))
    expect(ping).toHaveBeenCalledOnce()
  })

  it('takes an engine that cannot say for one that is there', async () => {
    const [url] = await serve()
    expect(await get(url, '/ready')).toMatchObject({ status: 200, body: { queue: null } })
  })

  it('says that it is on its way out', async () => {
    const [url, gateway] = await serve()
    await gateway.drain({ overMs: 0 })
    expect(await get(url, '/ready')).toMatchObject({
      status: 503,
      body: { ready: false, accepting: false, database: true },
    })
  })
})

describe('metrics', () => {
  it('count requests, streams and registrations; nothing is left of those that are gone', async () => {
    const [url] = await serve()
    const streams = [await openStream(url), await openStream(url)]
    const jobId = await start(url, 'count', { rows: 1 })
    for (const stream of streams) await subscribe(url, stream, jobId)
    await post(url, '/subscribe-job', {})
    expect(await metric(url, 'headway_streams')).toBe(2)
    expect(await metric(url, 'headway_registrations')).toBe(2)
    expect(await metric(url, 'headway_listening')).toBe(1)
    expect(await metric(url, 'headway_requests_total{route="subscribeJob",status="200"}')).toBe(2)
    expect(await metric(url, 'headway_requests_total{route="subscribeJob",status="422"}')).toBe(1)
    for (const stream of streams) stream.close()
    await expect.poll(() => metric(url, 'headway_streams')).toBe(0)
    expect(await metric(url, 'headway_registrations')).toBe(0)
  })

  it('are for admins, where there is authentication', async () => {
    const secret = 'a secret that is long enough for it'
    const [url] = await serve({ auth: { jwt: { secret } } })
    const ask = async (roles?: string[]): Promise<number> => {
      const token = new SignJWT({ roles }).setProtectedHeader({ alg: 'HS256' }).setSubject('ann')
      const signed = await token.setExpirationTime('1h').sign(new TextEncoder().encode(secret))
      const headers = roles ? { authorization: `Bearer ${signed}` } : {}
      return (await fetch(`${url}/_api/metrics`, { headers })).status
    }
    expect([await ask(), await ask(['user']), await ask(['admin'])]).toEqual([401, 403, 200])
  })
})

it('logs each request at info, without its query, under the id of its answer', async () => {
  const lines: Record<string, unknown>[] = []
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) })
  const [url] = await serve({ logger })
  const response = await fetch(`${url}/_api/jobs/7?ticket=hidden`)
  const requestId = response.headers.get('x-request-id')
  const entry = { level: 30, method: 'GET', path: '/_api/jobs/7', status: 400, requestId }
  expect(lines.filter(({ method }) => method !== undefined)).toMatchObject([entry])
  expect(JSON.stringify(lines)).not.toContain('hidden')
})
