import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { openStream } from '@headway/conformance/wire'
import { createClient, defineJob } from '@headway/core'
import { serve } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, type Gateway, job, mutation } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

let database: string
let gateway: Gateway
const stops: (() => unknown)[] = []

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway({
    database,
    engine: bullmq(),
    jobs: { plain: job({ run: () => null }) },
    mutations: { with_file: mutation({ files: true, input: v.unknown(), run: () => null }) },
    logger: quiet,
    maxSessions: 2,
  })
})
afterAll(async () => {
  await gateway?.close()
  for (const stop of stops) stop()
})

const urlOf = (address: AddressInfo | string | null): string =>
  `http://localhost:${typeof address === 'object' ? address?.port : ''}`

/** The servers that a gateway is mounted in, each as its guide has it; each answers `/` by itself. */
const servers: Record<string, () => Promise<string>> = {
  async Express() {
    const app = express()
    // Before anything that reads bodies.
    app.use(gateway.node)
    app.use(express.json())
    app.get('/', (_, response) => void response.send('hello'))
    const server = app.listen(0)
    await once(server, 'listening')
    stops.push(() => server.close())
    return urlOf(server.address())
  },
  async 'Express, at its path'() {
    const app = express()
    app.use('/_api', gateway.node)
    app.use(express.json())
    app.get('/', (_, response) => void response.send('hello'))
    const server = app.listen(0)
    await once(server, 'listening')
    stops.push(() => server.close())
    return urlOf(server.address())
  },
  async Fastify() {
    const app = fastify()
    // Before Fastify reads the body; what is not ours goes on.
    app.addHook('onRequest', (request, reply, done) => {
      if (!request.url.startsWith('/_api')) return done()
      reply.hijack()
      gateway.node(request.raw, reply.raw)
    })
    app.get('/', () => 'hello')
    await app.listen({ port: 0 })
    stops.push(() => app.server.closeAllConnections())
    stops.push(() => void app.close())
    return urlOf(app.server.address())
  },
  async Hono() {
    const app = new Hono()
    app.all('/_api/*', (context) => gateway.fetch(context.req.raw, { ip: '127.0.0.1' }))
    app.get('/', (context) => context.text('hello'))
    const server = serve({ fetch: app.fetch, port: 0 })
    await once(server, 'listening')
    stops.push(() => server.close())
    return urlOf(server.address())
  },
}

it.each(Object.keys(servers))(
  'mounted in %s it serves jobs, and leaves the rest alone',
  async (name) => {
    const url = (await servers[name]?.()) ?? ''
    expect(await (await fetch(url)).text()).toBe('hello')
    expect((await fetch(`${url}/_api/nothing`)).status).toBe(404)
    const tooLarge = JSON.stringify({ args: 'x'.repeat(2_000_000) })
    const headers = { 'content-type': 'application/json' }
    const refused = await fetch(`${url}/_api/rpc/plain`, {
      method: 'POST',
      headers,
      body: tooLarge,
    })
    expect(refused.status).toBe(413)

    const client = createClient({ url })
    const handle = client.start(defineJob<null, null>('plain'), null)
    await expect.poll(() => handle.getSnapshot().sync.status).toBe('live')
    const { jobId } = handle.getSnapshot()
    const change = `with changed as (update headway.run set message = $2, revision = revision + 1
    where id = $1 returning id) select pg_notify('headway_run', id::text) from changed`
    await query(database, change, [jobId, 'pushed'])
    await expect.poll(() => handle.getSnapshot().message).toBe('pushed')
    // A stream that ends at the other side ends here: there are two at most.
    const second = await openStream(url)
    await expect(openStream(url)).rejects.toThrow('503')
    second.close()
    client.close()
    await expect
      .poll(async () => {
        const stream = await openStream(url).catch(() => null)
        stream?.close()
        return stream !== null
      })
      .toBe(true)
  },
)

it('behind something that reads bodies, it says so', async () => {
  const app = express().use(express.json()).use(gateway.node)
  const server = app.listen(0)
  await once(server, 'listening')
  stops.push(() => server.close())
  for (const path of ['/rpc/plain', '/events', '/subscribe-batch']) {
    const answer = await fetch(`${urlOf(server.address())}/_api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"args":{}}',
    })
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('mount the gateway before anything that reads bodies'),
    ])
  }
})

it.each(['read', 'being read'])('`fetch` with a body that is %s says so', async (state) => {
  for (const [path, body] of [
    ['/rpc/plain', '{"args":{}}'],
    ['/rpc/with_file/upload', new FormData()],
  ] as const) {
    const headers = typeof body === 'string' ? { 'content-type': 'application/json' } : {}
    const request = new Request(`http://localhost/_api${path}`, { method: 'POST', headers, body })
    if (state === 'read') await request.text()
    else request.body?.getReader()
    const answer = await gateway.fetch(request)
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('mount the gateway before anything that reads bodies'),
    ])
  }
})

/** A state of 20 kB. $1 id, $2 percent */
const showLarge = `
  with changed as (
    update headway.run
       set progress = $2, output = to_json(repeat('x', 20000)), revision = revision + 1
     where id = $1 returning id
  ) select pg_notify('headway_run', id::text) from changed`

it('a reader of `fetch` that does not read gets the newest state when it does', async () => {
  const response = await gateway.fetch(new Request('http://localhost/_api/events'))
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const reader = response.body?.getReader()
  const first = new TextDecoder().decode((await reader?.read())?.value)
  const { session_id, session_secret } = JSON.parse(first.match(/^data: (.*)$/m)?.[1] ?? '')
  const [run] = await query<{ id: string }>(database, `select headway.start_job('big') as id`)
  const post = (path: string, body: unknown) =>
    gateway.fetch(
      new Request(`http://localhost/_api${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  const registration = { session_id, session_secret, id: 'a', job_id: run?.id }
  expect((await post('/subscribe-job', registration)).status).toBe(200)
  for (let turn = 1; turn <= 20; turn += 1) {
    await query(database, showLarge, [run?.id, turn])
    await expect
      .poll(async () => {
        const answer = await gateway.fetch(new Request(`http://localhost/_api/jobs/${run?.id}`))
        const { data } = await answer.json()
        return data.progress
      })
      .toBe(turn)
  }
  await query(database, `select headway.complete($1, '"done"')`, [run?.id])
  let text = ''
  let updates = 0
  while (!text.includes('"completed"')) {
    const chunk = await reader?.read()
    text = new TextDecoder().decode(chunk?.value)
    updates += 1
  }
  expect(updates).toBeLessThan(20)
  await reader?.cancel()
})
