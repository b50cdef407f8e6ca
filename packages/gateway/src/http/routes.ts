import { bare, succeed, succeedWith } from '../messages/reply.ts'
import { answerCall, answerRun, answerSubscribed } from './answers.ts'
import { checkAccept } from './check-accept.ts'
import { events, eventsWithItems } from './events.ts'
import { health, ready } from './health.ts'
import { addChildren, startMany } from './many.ts'
import { metrics } from './metrics.ts'
import { readList } from './read-list.ts'
import type { Route } from './route.ts'
import { rpc } from './rpc.ts'
import { cancel, findRun, retry } from './runs.ts'
import { subscribeBatch, subscribeQuery, subscribeRun } from './subscribe.ts'
import { ticket } from './ticket.ts'
import { unsubscribe, unsubscribeBatch } from './unsubscribe.ts'
import { upload } from './upload.ts'
import { sendEvent } from './workflow-events.ts'

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
  readJob: {
    method: 'GET',
    paths: ['/jobs/:id'],
    shape: 'A',
    async handler(call) {
      const { context, asker, params } = call
      return answerRun(call, await findRun(context, asker, 'job', params.id ?? '', 'read'))
    },
  },
  cancelJob: {
    method: 'POST',
    paths: ['/jobs/:id/cancel'],
    shape: 'A',
    async handler(call) {
      const { context, asker, params } = call
      const body = await call.readBody()
      return answerRun(call, await cancel(context, asker, 'job', params.id ?? '', body))
    },
  },
  retryJob: {
    method: 'POST',
    paths: ['/jobs/:id/retry'],
    shape: 'A',
    async handler(call) {
      const { context, asker, params } = call
      await call.readBody()
      return answerRun(call, await retry(context, asker, 'job', params.id ?? ''))
    },
  },
  addChildren: {
    method: 'POST',
    paths: ['/jobs/:id/children'],
    shape: 'A',
    handler: async (call) => answerRun(call, await addChildren(call)),
  },
  readWorkflow: {
    method: 'GET',
    paths: ['/workflows/:id'],
    shape: 'A',
    async handler(call) {
      const { context, asker, params } = call
      return answerRun(call, await findRun(context, asker, 'workflow', params.id ?? '', 'read'))
    },
  },
  cancelWorkflow: {
    method: 'POST',
    paths: ['/workflows/:id/cancel'],
    shape: 'A',
    async handler(call) {
      const { context, asker, params } = call
      const body = await call.readBody()
      return answerRun(call, await cancel(context, asker, 'workflow', params.id ?? '', body))
    },
  },
  retryWorkflow: {
    method: 'POST',
    paths: ['/workflows/:id/retry'],
    shape: 'A',
    async handler(call) {
      const { context, asker, params } = call
      await call.readBody()
      return answerRun(call, await retry(context, asker, 'workflow', params.id ?? ''))
    },
  },
  sendEvent: {
    method: 'POST',
    paths: ['/workflows/:id/events/:event'],
    shape: 'A',
    async handler(call) {
      const { text } = await sendEvent(call)
      return succeedWith(call.shape, text)
    },
  },
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
