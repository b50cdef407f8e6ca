import { within } from '../postgres/hello.ts'
import { version } from '../version.ts'
import type { HttpContext } from './context.ts'

/** How long each part may take to answer, in milliseconds. */
const answerMs = 2_000

/** `GET /_api/health`: the process answers. */
export function health(): { status: 'healthy'; version: string } {
  return { status: 'healthy', version }
}

/**
 * `GET /_api/ready`: it can do its work and is not stopping. Every part is asked now, and has two
 * seconds to answer. Migrations were applied before the gateway began to listen.
 */
export async function ready({
  hearing,
  engine,
  drain,
  readDatabaseHealth,
}: HttpContext): Promise<{ status: number; body: object }> {
  const [found, queue] = await Promise.all([
    within(answerMs, readDatabaseHealth(), 'The database').catch(() => null),
    isThere(engine.ping?.()),
  ])
  const flags = {
    database: found !== null,
    reactor: hearing.isListening(),
    queue,
    notify_queue_ok: found !== null && found.notifyQueueUsage < 0.5,
    accepting: drain.retryAfterSecs() === null,
    migrations_ok: true,
  }
  const isReady = Object.values(flags).every((flag) => flag !== false)
  const body = { ready: isReady, ...flags, cluster_registered: null, version }
  return { status: isReady ? 200 : 503, body }
}

/** `null` when the engine has no `ping()`. */
async function isThere(answer: Promise<void> | undefined): Promise<boolean | null> {
  if (!answer) return null
  return within(answerMs, answer, 'The queue').then(
    () => true,
    () => false,
  )
}
