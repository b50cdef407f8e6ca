import { createGateway, stopOnSignals } from '@headway/gateway'
import { fastify } from 'fastify'
import { app, port, worker } from './app.js'

const gateway = await createGateway(app)
export type Api = typeof gateway.api

const server = fastify()
server.addHook('onRequest', (request, reply, done) => {
  if (!request.url.startsWith('/_api')) return done()
  reply.hijack()
  gateway.node(request.raw, reply.raw)
})
server.get('/', () => 'fastify')
await server.listen({ port })
stopOnSignals({ gateway, worker, drainMs: 100 })
