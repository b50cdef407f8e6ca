import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSession, type Session } from 'better-sse'
import { QueueEvents } from 'bullmq'
import { queueName, type Watcher } from './order.ts'

/** What a team writes by hand: the events of the queue, sent to the pages that asked for the job. */
export async function byHand(redis: string): Promise<Watcher> {
  const events = new QueueEvents(queueName, { connection: { url: redis } })
  await events.waitUntilReady()
  let page: Session | undefined
  const watched = new Set<string>()
  let ended = 0
  const push = (id: string, film: object): void => {
    if (watched.has(id)) page?.push({ id, ...film }, 'film')
  }
  events.on('active', ({ jobId }) => push(jobId, { status: 'running' }))
  events.on('progress', ({ jobId, data }) => push(jobId, { status: 'running', progress: data }))
  events.on('completed', ({ jobId, returnvalue }) => {
    ended += 1
    push(jobId, { status: 'completed', output: returnvalue })
  })
  events.on('failed', ({ jobId, failedReason }) => {
    ended += 1
    push(jobId, { status: 'failed', error: failedReason })
  })
  const server = createServer((request, response) => {
    const [path, id = ''] = (request.url ?? '').split('?id=')
    if (path === '/watch') {
      watched.add(id)
      response.end('{}')
      return
    }
    createSession(request, response).then(
      (session) => {
        page = session
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    ended: async () => ended,
    async stop() {
      server.closeAllConnections()
      server.close()
      await events.close()
    },
  }
}
