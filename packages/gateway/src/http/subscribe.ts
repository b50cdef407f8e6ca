import { HttpError } from '../errors.ts'
import type { Watcher } from '../hub/hub.ts'
import { toSnapshot } from '../runs/run-store.ts'
import { isSecretOf, type Session } from '../sessions/sessions.ts'
import { readString } from './body.ts'
import { type HttpContext, isUuid } from './context.ts'

/** A registration that was made: what to answer, and what to do once the answer is out. */
export interface Subscribed {
  snapshot: ReturnType<typeof toSnapshot>
  answered: () => void
}

/**
 * `POST /_api/subscribe-job`: registers first, then reads, so that no change falls in between.
 *
 * @see PROTOCOL.md, "Registrations"
 */
export async function subscribeJob(
  context: HttpContext,
  body: Record<string, unknown>,
): Promise<Subscribed> {
  const id = readString(body, 'id')
  const jobId = readString(body, 'job_id')
  if (Buffer.byteLength(id) > 255) {
    throw new HttpError('"id" is longer than 255 bytes', { status: 400, code: 'INVALID_ID' })
  }
  const session = findSession(context, body)
  if (!isSecretOf(session, readString(body, 'session_secret'))) {
    throw new HttpError('The secret is not the session’s', {
      status: 401,
      code: 'INVALID_SESSION_SECRET',
    })
  }
  if (!isUuid(jobId)) {
    throw new HttpError('"job_id" is no UUID', { status: 400, code: 'INVALID_JOB_ID' })
  }
  const watcher = register(context, session, id, jobId)
  try {
    const [run] = await context.store.read([jobId])
    if (!run)
      throw new HttpError(`There is no job ${jobId}`, { status: 404, code: 'JOB_NOT_FOUND' })
    if (context.sessions.get(session.id) !== session) throw sessionNotFound()
    return {
      snapshot: toSnapshot(run),
      answered() {
        // Unless it was replaced in the meantime: the other one speaks for the target now.
        if (session.registrations.get(id) === watcher) context.hub.answered(watcher, run)
      },
    }
  } catch (error) {
    unregister(context, session, id, watcher)
    throw error
  }
}

/** `POST /_api/unsubscribe`. As on Forge, a wrong secret is 403 here. */
export function unsubscribe(context: HttpContext, body: Record<string, unknown>): void {
  const id = readString(body, 'id')
  const session = findSession(context, body, 'SUBSCRIPTION_NOT_FOUND')
  if (!isSecretOf(session, readString(body, 'session_secret'))) {
    throw new HttpError('The secret is not the session’s', {
      status: 403,
      code: 'SESSION_PRINCIPAL_MISMATCH',
    })
  }
  const watcher = body.kind === 'job' ? session.registrations.get(id) : undefined
  if (!watcher) {
    throw new HttpError(`The session has no such registration`, {
      status: 404,
      code: 'SUBSCRIPTION_NOT_FOUND',
    })
  }
  unregister(context, session, id, watcher)
}

/** A registration replaces the one its session had under the same id. */
function register(context: HttpContext, session: Session, id: string, jobId: string): Watcher {
  const { hub, options } = context
  const replaced = session.registrations.get(id)
  if (replaced) hub.unwatch(replaced)
  else if (session.registrations.size >= options.maxRegistrations) {
    throw new HttpError(`A session may have ${options.maxRegistrations} registrations`, {
      status: 429,
      code: 'TOO_MANY_SUBSCRIPTIONS',
    })
  }
  const watcher = hub.watch(jobId, id, session.outbox)
  session.registrations.set(id, watcher)
  return watcher
}

function unregister({ hub }: HttpContext, session: Session, id: string, watcher: Watcher): void {
  hub.unwatch(watcher)
  // Unless it was replaced in the meantime.
  if (session.registrations.get(id) === watcher) session.registrations.delete(id)
}

function findSession(
  { sessions }: HttpContext,
  body: Record<string, unknown>,
  codeWhenUnknown = 'SESSION_NOT_FOUND',
): Session {
  const sessionId = readString(body, 'session_id')
  if (!isUuid(sessionId)) {
    throw new HttpError('"session_id" is no UUID', { status: 400, code: 'INVALID_SESSION' })
  }
  const session = sessions.get(sessionId)
  if (!session) throw sessionNotFound(codeWhenUnknown)
  return session
}

function sessionNotFound(code = 'SESSION_NOT_FOUND'): HttpError {
  return new HttpError('There is no such session (any more): open a new stream', {
    status: 404,
    code,
  })
}
