import { once } from 'node:events'
import { connect } from 'node:net'
import { get, openStream, post, start, subscribe } from '@headway/conformance'
import { SignJWT } from 'jose'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type Authenticate,
  createGateway,
  createWorker,
  type Gateway,
  type GatewayOptions,
  job,
} from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { jobs } from './support/jobs.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { kill, startProcess } from './support/process.ts'
import { quiet } from './support/quiet.ts'

let database: string
const closing: (() => Promise<void>)[] = []

const serve = async (options: Partial<GatewayOptions> = {}): Promise<[string, Gateway]> => {
  const app = { database, engine: memoryEngine(), jobs, logger: quiet, ...options }
  const gateway = await createGateway(app)
  closing.push(gateway.close)
  return [(await gateway.listen(0)).url, gateway]
}
/** The value of a metric. */
const metric = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/_api/metrics`)).text()
  const escaped = name.replace(/[{}]/g, '\\$&')
  return Number(new RegExp(`^${escaped} (\\S+)$`, 'm').exec(text)?.[1])
}

beforeEach(async () => {
  database = await createDatabase()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

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

/**
 * A state as large as an output can be; a message is cut. $1 id, $2 percent, $3 message, $4
 * characters
 */
const showLarge = `
  with changed as (
    update headway.run
       set progress = $2, message = $3, output = to_json(repeat('x', $4::integer)), revision = revision + 1
     where id = $1 returning id
  ) select pg_notify('headway_run', id::text) from changed`

it('a reader that stops reading is bounded, and gets the newest state when it reads again', async () => {
  const [url] = await serve()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let text = ''
  socket.on('data', (bytes) => (text += bytes.toString()))
  socket.write('GET /_api/events HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await expect.poll(() => text).toContain('session_secret')
  const session = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '')
  const [run] = await query<{ id: string }>(database, `select headway.start_job('big') as id`)
  const { session_id, session_secret } = session
  await post(url, '/subscribe-job', { session_id, session_secret, id: 'a', job_id: run?.id })

  socket.pause()
  let updates = 0
  while ((await metric(url, 'headway_slow_streams')) === 0) {
    updates += 1
    await query(database, showLarge, [run?.id, updates % 100, `early ${updates}`, 15_000_000])
  }
  // What comes now supersedes what waits.
  for (let more = 1; more <= 10; more += 1) {
    await query(database, showLarge, [run?.id, more, `late ${more}`, 500_000])
    await expect
      .poll(
        async () =>
          ((await get(url, `/jobs/${run?.id}`)).body as { data: { progress: number } }).data
            .progress,
      )
      .toBe(more)
  }
  await query(database, `select headway.complete($1, '"done"')`, [run?.id])
  await expect
    .poll(async () => (await get(url, `/jobs/${run?.id}`)).body)
    .toMatchObject({
      data: { status: 'completed' },
    })
  socket.resume()
  await expect.poll(() => text.includes('"completed"')).toBe(true)
  expect(text).toContain('"output":"done"')
  // Of all that came meanwhile only the end was sent, which bears the last message.
  expect(text.match(/late \d+/g)).toEqual(['late 10'])
  expect(await metric(url, 'headway_slow_streams')).toBe(0)
  socket.destroy()
})

it('logs each request at info, without its query, under the id of its answer', async () => {
  const lines: Record<string, unknown>[] = []
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) })
  const [url] = await serve({ logger })
  const response = await fetch(`${url}/_api/jobs/7?ticket=hidden`)
  const requestId = response.headers.get('x-request-id')
  const entry = { level: 30, method: 'GET', path: '/_api/jobs/7', status: 400, requestId }
  expect(lines).toMatchObject([entry])
  expect(JSON.stringify(lines)).not.toContain('hidden')
})

it('a request that takes too long is answered all the same', async () => {
  const input = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: () => new Promise<never>(() => undefined),
    },
  } as const
  const stuck = job({ input, run: () => null })
  const [url] = await serve({ jobs: { stuck }, requestTimeoutSecs: 0.2 })
  expect(await post(url, '/rpc/stuck', {})).toMatchObject({
    status: 408,
    body: { success: false, error: { code: 'REQUEST_TIMEOUT' } },
  })
  // A body that never ends is such a request, too.
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let text = ''
  socket.on('data', (bytes) => (text += bytes.toString()))
  socket.write(
    'POST /_api/rpc/stuck HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  )
  await expect.poll(() => text).toContain('REQUEST_TIMEOUT')
  socket.destroy()
})

it('a stream that is asked for and takes too long is not kept for nobody', async () => {
  let release = (): void => undefined
  const authenticate: Authenticate = async ({ headers }) => {
    if (headers.has('x-slow')) await new Promise<void>((resolve) => (release = resolve))
    return { id: 'ann', roles: ['admin'] }
  }
  const [url] = await serve({ auth: { authenticate }, requestTimeoutSecs: 0.2 })
  const response = await fetch(`${url}/_api/events`, { headers: { 'x-slow': '1' } })
  expect(response.status).toBe(408)
  release()
  await expect.poll(() => metric(url, 'headway_streams')).toBe(0)
})

it('asked to end, it sends clients away, finishes what runs, and ends', async () => {
  const { child, message } = await startProcess('./stopping.ts', { DATABASE: database })
  try {
    const url = String(message)
    const stream = await openStream(url)
    const jobId = await start(url, 'steady', { steps: 5 })
    await subscribe(url, stream, jobId)
    await stream.untilKnown(({ status }) => status === 'running')
    const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    const said = once(child, 'message')
    child.kill('SIGTERM')
    await stream.ended.catch(() => undefined)
    expect(stream.errors).toEqual(['SERVER_DRAINING'])
    expect(await said).toContain('database, after worker')
    expect(await ended).toBe(0)
    const [row] = await query(database, 'select status from headway.run where id = $1', [jobId])
    expect(row).toEqual({ status: 'completed' })
  } finally {
    await kill(child)
  }
})
