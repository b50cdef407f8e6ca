import { type Asker, isSamePrincipal } from '../access/principal.ts'
import { readString } from '../messages/body.ts'
import {
  invalidSessionId,
  otherPrincipal,
  sessionNotFound,
  subscriptionNotFound,
  wrongSecret,
} from '../refusals/sessions.ts'
import { isSecretOf, type Session } from '../streams/sessions.ts'
import { isUuid } from '../uuid.ts'
import type { HttpContext } from './context.ts'
import { prove } from './prove.ts'

/**
 * The session of a registration. Throws an {@link HttpError} unless it exists and the body has its
 * secret.
 */
export function findSession(
  context: HttpContext,
  { principal }: Asker,
  body: Record<string, unknown>,
): Session {
  const session = context.sessions.get(readSessionId(body))
  if (!session) throw sessionNotFound()
  if (!isSecretOf(session, readString(body, 'session_secret'))) throw wrongSecret()
  if (!isSamePrincipal(session.principal, principal)) throw otherPrincipal()
  if (principal) prove(context, session, principal)
  return session
}

/** The same for `/unsubscribe`, with the answers of Forge there. @see PROTOCOL.md, "Envelopes" */
export function findSessionToLeave(
  context: HttpContext,
  { principal }: Asker,
  body: Record<string, unknown>,
): Session {
  const session = context.sessions.get(readSessionId(body))
  if (!session) throw subscriptionNotFound()
  const isOwn = isSecretOf(session, readString(body, 'session_secret'))
  if (!isOwn || !isSamePrincipal(session.principal, principal)) throw otherPrincipal()
  if (principal) prove(context, session, principal)
  return session
}

function readSessionId(body: Record<string, unknown>): string {
  const sessionId = readString(body, 'session_id')
  if (isUuid(sessionId)) return sessionId
  throw invalidSessionId()
}
