import { version } from '../version.ts'
import type { HttpContext } from './context.ts'

/** `GET /_api/health`: the process answers. */
export function health(): { status: 'healthy'; version: string } {
  return { status: 'healthy', version }
}

/**
 * `GET /_api/ready`: the gateway can do its work and is not stopping. It asks each part and waits
 * at most two seconds. Requests that wait at the same time share one question. Migrations were
 * applied before the gateway began to listen.
 */
export async function ready({
  changes,
  drain,
  membership,
  readiness,
}: HttpContext): Promise<{ status: number; body: object }> {
  const [usage, queue] = await Promise.all([readiness.notifyQueueUsage(), readiness.queue()])
  const flags = {
    database: usage !== null,
    reactor: changes.isListening(),
    queue,
    notify_queue_ok: usage !== null && usage < 0.5,
    accepting: drain.retryAfterSecs() === null,
    migrations_ok: true,
    cluster_registered: membership.isMember(),
  }
  const isReady = Object.values(flags).every((flag) => flag !== false)
  const body = { ready: isReady, ...flags, version }
  return { status: isReady ? 200 : 503, body }
}
