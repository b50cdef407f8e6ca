import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { get, openStream, post, type Stream, start } from '@headway/conformance/wire'
import { capabilities, isRecord } from '@headway/core/protocol'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, job } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { asJson, database, send, stream, url } from './support/http-gateway.ts'

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
