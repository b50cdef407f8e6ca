import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { get, openStream, post, type Stream, start, subscribe } from '@headway/conformance'
import { capabilities, isRecord } from '@headway/core/protocol'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import {
  createGateway,
  createWorker,
  type Engine,
  type Gateway,
  job,
  workflow,
} from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { kill, startProcess } from './support/process.ts'
import { quiet } from './support/quiet.ts'

let gateway: Gateway
let database: string
let url: string
let stream: Stream

/** Takes `{ format }`, and says so as any Standard Schema does. */
const format = {
  '~standard': {
    version: 1 as const,
    vendor: 'test',
    validate: (value: unknown) =>
      isRecord(value) && typeof value.format === 'string'
        ? { value: { format: value.format } }
        : { issues: [{ message: 'a text is needed', path: ['format'] }] },
  },
}

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway({
    database,
    engine: bullmq(),
    logger: quiet,
    jobs: {
      export_users: job({ input: format, run: () => null }),
      plain: job({ run: () => null }),
    },
    maxBodyBytes: 2_000,
    maxSessions: 2,
    maxRegistrations: 2,
  })
  url = (await gateway.listen(0)).url
  stream = await openStream(url)
})
afterAll(async () => {
  stream?.close()
  await gateway?.close()
})

const send = async (path: string, init: RequestInit) => {
  const response = await fetch(`${url}/_api${path}`, init)
  return { status: response.status, headers: response.headers, body: await response.json() }
}
const asJson = { 'content-type': 'application/json' }
const nobody = () => ({ session_id: randomUUID(), session_secret: 'x', id: 'a' })
const somebody = () => ({ ...stream.session, id: 'a' })

describe('refusals: status, code and shape', () => {
  it.each<[string, () => Promise<{ status: number; body: unknown }>, number, string, 'A' | 'B']>([
    ['unknown function', () => post(url, '/rpc/nothing', {}), 404, 'NOT_FOUND', 'A'],
    ['a name of the prototype', () => post(url, '/rpc/toString', {}), 404, 'NOT_FOUND', 'A'],
    ['impossible name', () => post(url, '/rpc/a%20b', {}), 400, 'VALIDATION_ERROR', 'A'],
    ['no name', () => post(url, '/rpc', {}), 422, 'UNPROCESSABLE_ENTITY', 'A'],
    ['wrong arguments', () => post(url, '/rpc/export_users', {}), 400, 'INVALID_ARGUMENT', 'A'],
    [
      'malformed JSON',
      () => send('/rpc/plain', { method: 'POST', headers: asJson, body: '{' }),
      400,
      'BAD_REQUEST',
      'A',
    ],
    [
      'nested too deep',
      () =>
        send('/rpc/plain', { method: 'POST', headers: asJson, body: `{"args":${'['.repeat(64)}` }),
      400,
      'BAD_REQUEST',
      'A',
    ],
    ['no object', () => post(url, '/rpc/plain', [1]), 422, 'UNPROCESSABLE_ENTITY', 'A'],
    [
      'not declared as JSON',
      () => send('/rpc/plain', { method: 'POST', body: '{}' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      'A',
    ],
    [
      'too large',
      () => post(url, '/rpc/plain', { args: 'x'.repeat(3_000) }),
      413,
      'PAYLOAD_TOO_LARGE',
      'A',
    ],
    ['unknown path', () => get(url, '/admin'), 404, 'NOT_FOUND', 'A'],
    ['wrong method', () => get(url, '/rpc/plain'), 405, 'METHOD_NOT_ALLOWED', 'A'],
    ['job id no UUID', () => get(url, '/jobs/7'), 400, 'INVALID_JOB_ID', 'A'],
    ['unknown job', () => get(url, `/jobs/${randomUUID()}`), 404, 'JOB_NOT_FOUND', 'A'],
    [
      'cancel of an unknown job',
      () => post(url, `/jobs/${randomUUID()}/cancel`, {}),
      404,
      'JOB_NOT_FOUND',
      'A',
    ],
    [
      'a reason that is none',
      () => post(url, `/jobs/${randomUUID()}/cancel`, { reason: 1 }),
      422,
      'UNPROCESSABLE_ENTITY',
      'A',
    ],
    [
      'nothing to subscribe',
      () => post(url, '/subscribe-job', {}),
      422,
      'UNPROCESSABLE_ENTITY',
      'B',
    ],
    [
      'id too long',
      () => post(url, '/subscribe-job', { ...nobody(), id: 'ä'.repeat(128), job_id: '7' }),
      400,
      'INVALID_ID',
      'B',
    ],
    [
      'session no UUID',
      () => post(url, '/subscribe-job', { ...nobody(), session_id: '7', job_id: '7' }),
      400,
      'INVALID_SESSION',
      'B',
    ],
    [
      'unknown session',
      () => post(url, '/subscribe-job', { ...nobody(), job_id: '7' }),
      404,
      'SESSION_NOT_FOUND',
      'B',
    ],
    [
      'wrong secret',
      () =>
        post(url, '/subscribe-job', { ...somebody(), session_secret: randomUUID(), job_id: '7' }),
      401,
      'INVALID_SESSION_SECRET',
      'B',
    ],
    [
      'wrong secret, unsubscribing',
      () => post(url, '/unsubscribe', { ...somebody(), session_secret: '' }),
      403,
      'SESSION_PRINCIPAL_MISMATCH',
      'B',
    ],
    [
      'job no UUID',
      () => post(url, '/subscribe-job', { ...somebody(), job_id: '7' }),
      400,
      'INVALID_JOB_ID',
      'B',
    ],
    [
      'no such job',
      () => post(url, '/subscribe-job', { ...somebody(), job_id: randomUUID() }),
      404,
      'JOB_NOT_FOUND',
      'B',
    ],
    [
      'not registered',
      () => post(url, '/unsubscribe', somebody()),
      404,
      'SUBSCRIPTION_NOT_FOUND',
      'B',
    ],
  ])('%s', async (_, ask, status, code, shape) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ success: false, error: { code } })
    expect(isRecord(answer.body) && 'request_id' in answer.body).toBe(shape === 'A')
  })

  it('takes brackets in text for text, and 64 levels for few enough', async () => {
    const text = '\\"[{'.repeat(100)
    const deep = `{"args":${'['.repeat(63)}${']'.repeat(63)}}`
    expect(await post(url, '/rpc/plain', { args: text })).toMatchObject({ status: 200 })
    expect(await send('/rpc/plain', { method: 'POST', headers: asJson, body: deep })).toMatchObject(
      { status: 200 },
    )
  })

  it('answers nothing outside of /_api, however long its first part', async () => {
    const response = await fetch(`${url}/junk/health`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ success: false, error: { code: 'NOT_FOUND' } })
  })

  it('says where arguments do not fit', async () => {
    const { body } = await post(url, '/rpc/export_users', { args: {} })
    expect(body).toMatchObject({
      error: {
        message: 'The arguments do not fit at format: a text is needed',
        details: [{ message: 'a text is needed', path: ['format'] }],
      },
    })
  })

  it('names the methods a path knows', async () => {
    expect((await get(url, '/rpc/plain')).headers.get('allow')).toBe('POST')
  })

  it('a failed registration leaves nothing behind; too many are refused', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => start(url, 'plain')))
    await subscribe(url, stream, ids[0] ?? '')
    await subscribe(url, stream, ids[1] ?? '')
    // The same id again replaces, and takes no more room.
    await subscribe(url, stream, ids[1] ?? '')
    const third = { ...stream.session, id: 'third', job_id: ids[2] }
    expect(await post(url, '/subscribe-job', third)).toMatchObject({
      status: 429,
      body: { error: { code: 'TOO_MANY_SUBSCRIPTIONS' } },
    })
  })

  it('refuses one stream too many, bare, and says when to come back', async () => {
    const second = await openStream(url)
    const refused = await get(url, '/events')
    expect(refused).toMatchObject({
      status: 503,
      body: { code: 'SSE_AT_CAPACITY', retry_after_secs: 5 },
    })
    expect(refused.headers.get('retry-after')).toBe('5')
    second.close()
  })

  it('answers only under a name of this machine: another name is another site’s doing', async () => {
    const { port } = new URL(url)
    const asked = httpRequest({ port, path: '/_api/health', headers: { host: 'evil.example' } })
    asked.end()
    const [response] = await once(asked, 'response')
    expect(response.statusCode).toBe(403)
    response.resume()
  })
})

describe('starts', () => {
  const begin = (key: string, name = 'plain') =>
    send(`/rpc/${name}`, {
      method: 'POST',
      headers: { ...asJson, 'x-idempotency-key': key },
      body: JSON.stringify({ args: { format: 'csv' } }),
    })
  const idOf = ({ body }: { body: unknown }) =>
    isRecord(body) && isRecord(body.data) ? body.data.job_id : body

  it('under one key, at the same time too, are one job; to another function it is another key', async () => {
    const key = randomUUID()
    const ids = (await Promise.all([begin(key), begin(key), begin(key)])).map(idOf)
    expect(new Set(ids).size).toBe(1)
    expect(idOf(await begin(key, 'export_users'))).not.toBe(ids[0])
    const rows = await query(database, 'select 1 from headway.run where idempotency_key = $1', [
      key,
    ])
    expect(rows).toHaveLength(2)
  })

  it('with a key that is none are refused', async () => {
    expect(await begin('x'.repeat(256))).toMatchObject({
      status: 400,
      body: { error: { code: 'VALIDATION_ERROR' } },
    })
  })
})

describe('batches', () => {
  let own: Stream
  beforeAll(async () => {
    own = await openStream(url)
  })
  afterAll(() => own.close())
  const batch = (items: unknown) => post(url, '/subscribe-batch', { ...own.session, items })
  const item = (id: string) => ({ kind: 'job', id, job_id: id })

  it('are of 100 items at most, each a registration', async () => {
    expect(await batch(Array(101).fill({}))).toMatchObject({ status: 400 })
    expect(await batch('a')).toMatchObject({ status: 422 })
    expect(await batch([1])).toMatchObject({ status: 422 })
  })

  it('answer each item, and refuse none for another one', async () => {
    const jobId = await start(url, 'plain')
    const { status, body } = await batch([
      { kind: 'job', id: 'a', job_id: 'b' },
      { kind: 'job', id: 'a' },
      { kind: 'dream', id: 'a' },
      { kind: 'job', id: 'x'.repeat(256), job_id: jobId },
      item(jobId),
    ])
    expect([status, body]).toMatchObject([
      200,
      {
        success: true,
        data: [
          { success: false, error: { code: 'INVALID_JOB_ID' } },
          { success: false, error: { code: 'UNPROCESSABLE_ENTITY' } },
          { success: false, error: { code: 'NOT_FOUND' } },
          { success: false, error: { code: 'INVALID_ID' } },
          { id: jobId, success: true, data: { job_id: jobId, status: 'pending' } },
        ],
      },
    ])
  })
})

describe('the stream', () => {
  it('begins with connected, says what the server can do, and is not to be buffered', async () => {
    expect(stream.connected).toMatchObject({
      type: 'connected',
      capabilities: [...capabilities],
      ping_secs: 15,
    })
    const controller = new AbortController()
    let headers = new Headers()
    const open = async (): Promise<number> => {
      const response = await fetch(`${url}/_api/events`, { signal: controller.signal })
      headers = response.headers
      return response.status
    }
    // As soon as the streams of the tests before have ended at the server, too.
    await expect.poll(open).toBe(200)
    expect(headers.get('content-type')).toBe('text/event-stream')
    expect(headers.get('cache-control')).toContain('no-transform')
    expect(headers.get('x-accel-buffering')).toBe('no')
    controller.abort()
  })
})

it('a body that ends half way is its sender’s doing: it is no fault, and nobody has to read of it', async () => {
  const own = await createDatabase()
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const app = { database: own, engine: bullmq(), jobs: { plain: job({ run: () => null }) } }
  const listened = await createGateway({ ...app, logger })
  const { port } = new URL((await listened.listen(0)).url)
  const socket = connect(Number(port))
  socket.write('POST /_api/rpc/plain HTTP/1.1\r\nHost: localhost\r\n')
  socket.write('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{')
  await once(socket, 'connect')
  // Asked by another connection, so that the first request has been taken in.
  expect(await get(`http://localhost:${port}`, '/health')).toMatchObject({ status: 200 })
  socket.destroy()
  await once(socket, 'close')
  expect(await get(`http://localhost:${port}`, '/health')).toMatchObject({ status: 200 })
  await listened.close()
  expect(lines).toEqual([])
})

it('mounted in another server, it leaves other paths to that', async () => {
  let passed = false
  const request = { url: '/_apiary', method: 'GET', headers: {} } as never
  gateway.node(request, {} as never, () => {
    passed = true
  })
  expect(passed).toBe(true)
})

it('refuses to listen where others can reach it', async () => {
  await expect(gateway.listen(0, '0.0.0.0')).rejects.toThrow('without authentication')
})

it('names what is wrong with its options', async () => {
  const good = { database, engine: bullmq(), jobs: {} }
  const wrong = { ...good, database: 'localhost' }
  await expect(createGateway(wrong)).rejects.toThrow('database is "localhost"')
  await expect(createGateway({ ...good, pingSecs: 0 })).rejects.toThrow('pingSecs is 0')
  const named = { ...good, jobs: { 'a b': job({ run: () => null }) } }
  await expect(createGateway(named)).rejects.toThrow('jobs has "a b"')
  const bare = { database, engine: bullmq(), logger: quiet }
  await expect(createGateway({ ...bare, jobs: null } as never)).rejects.toThrow('jobs is null')
  const greet = job({ run: () => null })
  await expect(createGateway({ database, jobs: { greet } })).rejects.toThrow('engine is missing')
  const workflows = { greet: workflow({ run: () => null }) }
  await expect(createGateway({ database, workflows })).rejects.toThrow('workflowEngine is missing')
  const both = { ...bare, workflowEngine: dbos(), jobs: { greet }, workflows }
  await expect(createGateway(both)).rejects.toThrow('"greet" is a job and a workflow')
  const swapped = { ...bare, jobs: workflows }
  await expect(createGateway(swapped as never)).rejects.toThrow(
    'jobs has "greet", which is not a job',
  )
  const noJob = { ...bare, jobs: { greet: () => 'hello' } }
  await expect(createWorker(noJob as never)).rejects.toThrow('jobs has "greet", which is not a job')
  await expect(createWorker({ ...good, concurrency: 1.5 })).rejects.toThrow('concurrency is 1.5')
  expect(() => job({ attempts: 0, run: () => null })).toThrow('attempts is 0')
  expect(() => job({} as never)).toThrow('run is undefined')
  expect(() => bullmq({ lockMs: 0 })).toThrow('lockMs is 0')
  const tooLong = { stalledIntervalMs: 3_000_000_000 }
  expect(() => bullmq(tooLong)).toThrow('stalledIntervalMs is 3000000000')
  await expect(createWorker({ ...good, leaseMs: 3_000_000_000 })).rejects.toThrow('leaseMs is 3')
  expect(() => dbos({ poolSize: 0 })).toThrow('poolSize is 0')
  expect(() => workflow({} as never)).toThrow('run is undefined')
  expect(() => workflow({ steps: ['a b'], run: () => null })).toThrow('a step "a b"')
  expect(() => workflow({ steps: ['a', 'a'], run: () => null })).toThrow('steps is a, a')
})

it('leaves no connection behind when it cannot be made', async () => {
  const own = await createDatabase()
  const engine: Engine = {
    name: 'none',
    queue: 'none',
    connect: () => Promise.reject(new Error('no queue')),
  }
  const app = { database: own, engine, jobs: {}, logger: quiet }
  await expect(createGateway(app)).rejects.toThrow('no queue')
  await expect(createWorker(app)).rejects.toThrow('no queue')
  const others =
    'select application_name from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()'
  const name = new URL(own).pathname.slice(1)
  await expect.poll(() => query(own, others, [name])).toEqual([])
})

it('closes although a reader has stopped reading; twice is once', async () => {
  const own = await createDatabase()
  const jobs = { plain: job({ run: () => null }) }
  const other = await createGateway({ database: own, engine: bullmq(), jobs, logger: quiet })
  const served = (await other.listen(0)).url
  const [large, small] = [await start(served, 'plain'), await start(served, 'plain')]
  const socket = connect(Number(new URL(served).port), '127.0.0.1')
  socket.write('GET /_api/events HTTP/1.1\r\nHost: localhost\r\n\r\n')
  let text = ''
  while (!/session_secret.*\n\n/.test(text)) text += (await once(socket, 'data'))[0]
  socket.pause()
  const session = JSON.parse(text.match(/^data: (.*)$/m)?.[1] ?? '')
  await post(served, '/subscribe-job', { ...session, id: large, job_id: large })
  const reading = await openStream(served)
  await subscribe(served, reading, small)
  const change = `with changed as (
      update headway.run set output = to_json(repeat('x', $2::integer)), revision = revision + 1
       where id = $1 returning id
    ) select pg_notify('headway_run', id::text) from changed`
  // More than the buffers of both ends hold; once the second is heard of, the first was written.
  await query(own, change, [large, 40_000_000])
  await query(own, change, [small, 1])
  await reading.until(({ output }) => output !== null)
  await Promise.all([other.close(), other.close()])
  socket.destroy()
})

it('ends its streams when it closes, and its process ends by itself', async () => {
  const { child, message } = await startProcess('./gateway.ts', { DATABASE: database })
  try {
    const ended = once(child, 'exit')
    const open = await openStream(String(message))
    child.send('close')
    await open.ended
    expect((await ended)[0]).toBe(0)
  } finally {
    await kill(child)
  }
})
