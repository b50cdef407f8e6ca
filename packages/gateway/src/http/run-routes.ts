import { succeedWith } from '../messages/reply.ts'
import { answerRun } from './answers.ts'
import { addChildren } from './many.ts'
import type { Route } from './route.ts'
import { cancel, findRun, retry } from './runs.ts'
import { sendEvent } from './workflow-events.ts'

/** The routes about one run, by their names in metrics. */
export const runRoutes: Readonly<Record<string, Route>> = {
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
}
