import { bare, succeed, succeedWith } from '../messages/reply.ts'
import { answerCall, answerSubscribed } from './answers.ts'
import { checkAccept } from './check-accept.ts'
import { events, eventsWithItems } from './events.ts'
import { health, ready } from './health.ts'
import { startMany } from './many.ts'
import { metrics } from './metrics.ts'
import { readList } from './read-list.ts'
import type { Route } from './route.ts'
import { rpc } from './rpc.ts'
import { runRoutes } from './run-routes.ts'
import { subscribeBatch, subscribeQuery, subscribeRun } from './subscribe.ts'
import { ticket } from './ticket.ts'
import { unsubscribe, unsubscribeBatch } from './unsubscribe.ts'
import { upload } from './upload.ts'

/**
 * Every route of the gateway with its handler, by its name in metrics.
 *
 * @see PROTOCOL.md, "Requests"
 */
export const routes: Readonly<Record<string, Route>> = {
  rpc: {
    method: 'POST',
    paths: ['/rpc', '/rpc/:name'],
    shape: 'A',
    async handler(call) {
      checkAccept(call.request)
      return answerCall(call, await rpc(call))
    },
  },
  upload: {
    method: 'POST',
    paths: ['/rpc/:name/upload'],
    shape: 'A',
    kind: 'upload',
    async handler(call) {
      checkAccept(call.request)
      return answerCall(call, await upload(call))
    },
  },
  startMany: {
    method: 'POST',
    paths: ['/rpc/:name/many'],
    shape: 'A',
    async handler(call) {
      checkAccept(call.request)
      return succeedWith(call.shape, JSON.stringify({ job_id: await startMany(call) }))
    },
  },
  events: {
    method: 'GET',
    paths: ['/events'],
    shape: 'C',
    kind: 'stream',
    handler: events,
  },
  eventsWithItems: {
    method: 'POST',
    paths: ['/events'],
    shape: 'C',
    // Clients that register in their request can send a header: no token is read from its URL.
    handler: eventsWithItems,
  },
  ticket: {
    method: 'POST',
    paths: ['/events/ticket'],
    shape: 'C',
    handler: async ({ context, asker }) => bare(200, await ticket(context, asker)),
  },
  subscribeJob: {
    method: 'POST',
    paths: ['/subscribe-job'],
    shape: 'B',
    async handler(call) {
      const { context, asker, place } = call
      const body = await call.readBody()
      return answerSubscribed(call, await subscribeRun(context, asker, 'job', body, place))
    },
  },
  subscribeWorkflow: {
    method: 'POST',
    paths: ['/subscribe-workflow'],
    shape: 'B',
    async handler(call) {
      const { context, asker, place } = call
      const body = await call.readBody()
      return answerSubscribed(call, await subscribeRun(context, asker, 'workflow', body, place))
    },
  },
  subscribe: {
    method: 'POST',
    paths: ['/subscribe'],
    shape: 'B',
    async handler(call) {
      const { context, asker, place } = call
      const body = await call.readBody()
      return answerSubscribed(call, await subscribeQuery(context, asker, body, place))
    },
  },
  subscribeBatch: {
    method: 'POST',
    paths: ['/subscribe-batch'],
    shape: 'B',
    async handler(call) {
      const { context, asker, place } = call
      const body = await call.readBody()
      return answerSubscribed(call, await subscribeBatch(context, asker, body, place))
    },
  },
  unsubscribe: {
    method: 'POST',
    paths: ['/unsubscribe'],
    shape: 'B',
    async handler({ context, asker, shape, readBody }) {
      await unsubscribe(context, asker, await readBody())
      return succeed(shape)
    },
  },
  unsubscribeBatch: {
    method: 'POST',
    paths: ['/unsubscribe-batch'],
    shape: 'B',
    async handler({ context, asker, shape, readBody }) {
      await unsubscribeBatch(context, asker, await readBody())
      return succeed(shape, null)
    },
  },
  readList: {
    method: 'GET',
    paths: ['/runs'],
    shape: 'A',
    async handler(call) {
      const { context, shape } = call
      return succeedWith(shape, await readList(call), undefined, { now: context.membership.now() })
    },
  },
  ...runRoutes,
  // Forge's clients report user actions here, and repeat the request until the answer is JSON.
  signal: { method: 'POST', paths: ['/signal'], shape: 'A', handler: () => bare(200, {}) },
  health: { method: 'GET', paths: ['/health'], shape: 'A', handler: () => bare(200, health()) },
  ready: {
    method: 'GET',
    paths: ['/ready'],
    shape: 'A',
    async handler({ context }) {
      const { status, body } = await ready(context)
      return bare(status, body)
    },
  },
  metrics: {
    method: 'GET',
    paths: ['/metrics'],
    shape: 'A',
    handler: ({ context, asker }) => metrics(context, asker),
  },
}
