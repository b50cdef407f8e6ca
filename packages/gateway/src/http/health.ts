import { version } from '../version.ts'
import type { HttpContext } from './context.ts'

/** `GET /_api/health`: the process answers. */
export function health(): { status: 'healthy'; version: string } {
  return { status: 'healthy', version }
}

/**
 * `GET /_api/ready`: it can do its work and is not stopping. Every part is asked, together with all
 * other requests that wait for its answer, and has two seconds. Migrations were applied before the
 * gateway began to listen.
 */
export async function ready({
  changes,
  drain,
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
  }
  const isReady = Object.values(flags).every((flag) => flag !== false)
  const body = { ready: isReady, ...flags, cluster_registered: null, version }
  return { status: isReady ? 200 : 503, body }
}
