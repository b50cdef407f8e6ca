import { type Asker, isSamePrincipal } from '../access/principal.ts'
import { HttpError } from '../errors.ts'
import { readString } from '../messages/body.ts'
import { isSecretOf, type Session } from '../streams/sessions.ts'
import { isUuid } from '../uuid.ts'
import type { HttpContext } from './context.ts'
import { prove } from './prove.ts'

/** The session that a registration is made for: it exists, and whoever asks knows its secret. */
export function findSession(
  context: HttpContext,
  { principal }: Asker,
  body: Record<string, unknown>,
): Session {
  const session = context.sessions.get(readSessionId(body))
  if (!session) throw sessionNotFound()
  if (!isSecretOf(session, readString(body, 'session_secret'))) {
    throw new HttpError('The secret is not the session’s', {
      status: 401,
      code: 'INVALID_SESSION_SECRET',
    })
  }
  if (!isSamePrincipal(session.principal, principal)) throw principalMismatch()
  if (principal) prove(context, session, principal)
  return session
}

/** The same for `/unsubscribe`, with the answers that Forge gives there. @see PROTOCOL.md, "Envelopes" */
export function findSessionToLeave(
  context: HttpContext,
  { principal }: Asker,
  body: Record<string, unknown>,
): Session {
  const session = context.sessions.get(readSessionId(body))
  if (!session) throw subscriptionNotFound()
  const isOwn = isSecretOf(session, readString(body, 'session_secret'))
  if (!isOwn || !isSamePrincipal(session.principal, principal)) throw principalMismatch()
  if (principal) prove(context, session, principal)
  return session
}

function principalMismatch(): HttpError {
  return new HttpError('The session is somebody else’s: open a new stream', {
    status: 403,
    code: 'SESSION_PRINCIPAL_MISMATCH',
  })
}

/** There is no such session any more. */
export function sessionNotFound(): HttpError {
  return new HttpError('There is no such session (any more): open a new stream', {
    status: 404,
    code: 'SESSION_NOT_FOUND',
  })
}

/** There is no such registration. */
export function subscriptionNotFound(): HttpError {
  return new HttpError('There is no such registration', {
    status: 404,
    code: 'SUBSCRIPTION_NOT_FOUND',
  })
}

function readSessionId(body: Record<string, unknown>): string {
  const sessionId = readString(body, 'session_id')
  if (isUuid(sessionId)) return sessionId
  throw new HttpError('"session_id" is no UUID', { status: 400, code: 'INVALID_SESSION' })
}
