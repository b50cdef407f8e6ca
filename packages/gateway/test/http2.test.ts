import { once } from 'node:events'
import {
  type ClientHttp2Session,
  connect,
  constants,
  createSecureServer,
  createServer,
} from 'node:http2'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { certificate } from '@headway/test-kit/network/certificate'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createGateway, createWorker, type Gateway, type Worker } from '../src/index.ts'
import { query as sql } from './support/database.ts'
import { ask, openEvents, post } from './support/http2.ts'
import { app, useDatabase } from './support/http2-app.ts'

let gateway: Gateway
let worker: Worker
let database: string
let session: ClientHttp2Session
/** The servers that speak HTTP/2, each with a handler as its guide has it. */
const servers = {
  'HTTP/2 without TLS': () => createServer(gateway.node),
  'HTTP/2 with TLS': () => createSecureServer({ allowHTTP1: true, ...certificate }, gateway.node),
}

describe.each(Object.keys(servers) as (keyof typeof servers)[])('%s', (name) => {
  let server: ReturnType<(typeof servers)[typeof name]>
  let url: string

  beforeAll(async () => {
    database = await useDatabase()
    const options = app()
    gateway = await createGateway({ ...options, pingSecs: 0.1, maxSessions: 200 })
    worker = await createWorker(options)
    server = servers[name]()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const scheme = name === 'HTTP/2 with TLS' ? 'https' : 'http'
    url = `${scheme}://localhost:${(server.address() as AddressInfo).port}`
  })
  beforeEach(async () => {
    session = connect(url, { rejectUnauthorized: false })
    await once(session, 'connect')
  })
  afterEach(() => session.destroy())
  afterAll(async () => {
    await worker?.close()
    await gateway?.close()
    server?.close()
  })

  it('starts a job, and streams it to its end, with signs of life', async () => {
    const events = await openEvents(session)
    expect(events.headers).toMatchObject({ ':status': 200, 'content-type': 'text/event-stream' })
    const { status, body } = await post(session, '/rpc/steady', { args: { steps: 3 } })
    expect(status).toBe(200)
    const { job_id } = body.data
    const registration = { ...events.session, id: 'a', job_id }
    expect(await post(session, '/subscribe-job', registration)).toMatchObject({
      status: 200,
      body: { data: { job_id } },
    })
    await expect.poll(events.text).toContain('"completed"')
    const end = events.text().length
    await expect.poll(() => events.text().slice(end)).toMatch(/^:/m)
    events.stream.close()
  })

  it('answers HEAD, a preflight, a foreign path and a wrong method', async () => {
    const head = await ask(session, 'HEAD', '/health')
    expect([head.status, head.body]).toEqual([200, ''])
    const preflight = { 'access-control-request-method': 'POST', origin: 'https://a.example' }
    expect(await ask(session, 'OPTIONS', '/rpc', { headers: preflight })).toMatchObject({
      status: 204,
      body: '',
    })
    expect((await ask(session, 'GET', '/nothing')).status).toBe(404)
    expect((await ask(session, 'GET', '/rpc/told')).headers).toMatchObject({ allow: 'POST' })
  })

  it('takes an upload, and answers a file', async () => {
    const form = new FormData()
    form.set('_json', '{}')
    form.set('file', new File(['y'.repeat(100_000)], 'y.txt', { type: 'text/plain' }))
    const sent = new Response(form)
    const headers = {
      'content-type': sent.headers.get('content-type') ?? '',
      'x-forge-csrf': '1',
    }
    const body = new Uint8Array(await sent.arrayBuffer())
    const uploaded = await ask(session, 'POST', '/rpc/measure/upload', { headers, body })
    expect(uploaded.body).toContain('"size":100000')
    expect(uploaded.status).toBe(200)

    const asked = { headers: { 'content-type': 'application/json' }, body: '{}' }
    const file = await ask(session, 'POST', '/rpc/report', asked)
    expect(file.headers).toMatchObject({ ':status': 200, 'x-headway-answer': 'blob' })
    expect(file.body).toBe('x'.repeat(200_000))
  })

  it('refuses a body that is too large, and goes on in the same session', async () => {
    const large = await post(session, '/rpc/told', { args: 'x'.repeat(2_000_000) })
    expect(large).toMatchObject({ status: 413, body: { error: { code: 'PAYLOAD_TOO_LARGE' } } })
    expect((await post(session, '/rpc/told', {})).status).toBe(200)
  })

  it('refuses other names than this machine’s, by `:authority` as by `Host`', async () => {
    const evil = { ':authority': 'evil.example' }
    expect((await ask(session, 'GET', '/health', { headers: evil })).status).toBe(403)
  })

  it('carries 100 streams in one session, and frees what the reader resets', async () => {
    const streams = await Promise.all(Array.from({ length: 100 }, () => openEvents(session)))
    const { body } = await post(session, '/rpc/told', {})
    const { job_id } = body.data
    await Promise.all(
      streams.map((events) =>
        post(session, '/subscribe-job', { ...events.session, id: 'a', job_id }),
      ),
    )
    await expect
      .poll(async () => (await ask(session, 'GET', `/jobs/${job_id}`)).body)
      .toContain('"completed"')
    const left = async () => {
      const { body } = await ask(session, 'GET', '/metrics')
      return Number(/^headway_streams (\d+)$/m.exec(body)?.[1])
    }
    expect(await left()).toBeGreaterThanOrEqual(100)
    for (const { stream } of streams) stream.close()
    await expect.poll(left).toBe(0)
  })

  it('frees a stream that is reset, without an error, while something is still to be written', async () => {
    const events = await openEvents(session)
    const [run] = await sql<{ id: string }>(database, `select headway.start_job('big') as id`)
    const { id } = run ?? {}
    const registration = { ...events.session, id: 'a', job_id: id }
    expect((await post(session, '/subscribe-job', registration)).status).toBe(200)
    const metric = async (which: string) => {
      const { body } = await ask(session, 'GET', '/metrics')
      return Number(new RegExp(`^${which} (\\d+)$`, 'm').exec(body)?.[1])
    }
    const others = (await metric('headway_streams')) - 1
    events.stream.pause()
    for (let turn = 1; (await metric('headway_slow_streams')) === 0; turn += 1) {
      const values = [id, turn % 100, 'x'.repeat(100_000)]
      await sql(database, 'select headway.progress($1, $2, $3)', values)
    }
    events.stream.close(constants.NGHTTP2_NO_ERROR)
    await expect.poll(() => metric('headway_streams')).toBe(others)
    expect(await metric('headway_slow_streams')).toBe(0)
  })

  it.runIf(name === 'HTTP/2 with TLS')('speaks HTTP/1.1 on the same port', async () => {
    const asked = httpsRequest(`${url}/_api/health`, { rejectUnauthorized: false })
    asked.end()
    const [response] = await once(asked, 'response')
    expect([response.httpVersion, response.statusCode]).toEqual(['1.1', 200])
    response.resume()
    await once(response, 'end')
    asked.destroy()
  })

  // The last test: the server takes no more requests.
  it('drains: streams end, and the session goes on', async () => {
    const streams = await Promise.all([openEvents(session), openEvents(session)])
    await gateway.drain({ overMs: 0 })
    await Promise.all(streams.map(({ ended }) => ended))
    for (const { text, headers } of streams) {
      expect(text()).toContain('SERVER_DRAINING')
      expect(headers).not.toHaveProperty('connection')
    }
    expect((await ask(session, 'GET', '/events')).status).toBe(503)
    expect((await post(session, '/rpc/told', {})).status).toBe(200)
    expect(session.destroyed).toBe(false)
  })
})
