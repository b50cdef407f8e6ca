import { once } from 'node:events'
import { connect, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import fastify from 'fastify'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { createGateway, type Gateway } from '../src/index.ts'
import { openEvents, post } from './support/http2.ts'
import { app, useDatabase } from './support/http2-app.ts'

/** Frameworks that speak HTTP/2, each with the gateway mounted as its guide has it. */
const frameworks: Record<
  string,
  (mounted: Gateway) => Promise<[port: number, stop: () => unknown]>
> = {
  async Hono(mounted) {
    const hono = new Hono()
    hono.all('/_api/*', (c) => mounted.fetch(c.req.raw, { ip: getConnInfo(c).remote.address }))
    const server = serve({ fetch: hono.fetch, createServer, port: 0, hostname: '127.0.0.1' })
    await once(server, 'listening')
    return [(server.address() as AddressInfo).port, () => server.close()]
  },
  async Fastify(mounted) {
    const fast = fastify({ http2: true })
    fast.addHook('onRequest', (request, reply, done) => {
      if (!request.url.startsWith('/_api')) return done()
      reply.hijack()
      mounted.node(request.raw, reply.raw)
    })
    await fast.listen({ port: 0, host: '127.0.0.1' })
    return [(fast.server.address() as AddressInfo).port, () => void fast.close()]
  },
}

it.each(Object.keys(frameworks))('mounted in %s over HTTP/2', async (name) => {
  await useDatabase()
  const mounted = await createGateway(app())
  const [port, stop] = (await frameworks[name]?.(mounted)) ?? [0, () => undefined]
  const own = connect(`http://localhost:${port}`)
  try {
    const events = await openEvents(own)
    const large = await post(own, '/rpc/told', { args: 'x'.repeat(2_000_000) })
    expect(large).toMatchObject({ status: 413 })
    const { body } = await post(own, '/rpc/told', {})
    const registration = { ...events.session, id: 'a', job_id: body.data.job_id }
    expect((await post(own, '/subscribe-job', registration)).status).toBe(200)
    await mounted.drain({ overMs: 0 })
    await events.ended
    expect(events.text()).toContain('SERVER_DRAINING')
  } finally {
    own.destroy()
    await mounted.close()
    await stop()
  }
})
