import { version } from '../version.ts'
import type { HttpContext } from './context.ts'

/** `GET /_api/health`: the process answers. */
export function health(): { status: 'healthy'; version: string } {
  return { status: 'healthy', version }
}

/** `GET /_api/ready`: it can do its work, and is not on its way out. Migrations were applied before it began to listen. */
export async function ready({
  hearing,
  drain,
  readDatabaseHealth,
}: HttpContext): Promise<{ status: number; body: object }> {
  const found = await readDatabaseHealth().catch(() => null)
  const flags = {
    database: found !== null,
    reactor: hearing.isListening(),
    notify_queue_ok: found !== null && found.notifyQueueUsage < 0.5,
    migrations_ok: true,
  }
  const isReady = drain.retryAfterSecs() === null && Object.values(flags).every(Boolean)
  const body = { ready: isReady, ...flags, cluster_registered: null, version }
  return { status: isReady ? 200 : 503, body }
}
