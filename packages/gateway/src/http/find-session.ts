import { type Asker, isSamePrincipal } from '../access/principal.ts'
import { isSame } from '../cluster/session-names.ts'
import type { HttpError } from '../errors.ts'
import { readString } from '../messages/body.ts'
import { wrongMember } from '../refusals/requests.ts'
import {
  invalidSessionId,
  otherPrincipal,
  sessionNotFound,
  subscriptionNotFound,
  wrongSecret,
} from '../refusals/sessions.ts'
import type { Session } from '../streams/sessions.ts'
import { isUuid } from '../uuid.ts'
import type { HttpContext } from './context.ts'
import { prove } from './prove.ts'

/** A session that a request names, and the number of the request. */
export interface FoundSession {
  sessionId: string
  /** `null`: another gateway has it. */
  session: Session | null
  seq: number | null
}

/** The refusals of a request that names a session. */
interface Refusals {
  notFound: () => HttpError
  wrongSecret: () => HttpError
}

/**
 * The session of a registration. Throws an {@link HttpError} unless the body has its secret, and it
 * may exist: when another gateway has it, only that one knows.
 */
export function findSession(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
): FoundSession {
  return find(context, asker, body, { notFound: sessionNotFound, wrongSecret })
}

/** The same for `/unsubscribe`, with the answers of Forge there. @see PROTOCOL.md, "Envelopes" */
export function findSessionToUnsubscribe(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
): FoundSession {
  return find(context, asker, body, { notFound: subscriptionNotFound, wrongSecret: otherPrincipal })
}

function find(
  context: HttpContext,
  { principal }: Asker,
  body: Record<string, unknown>,
  refusals: Refusals,
): FoundSession {
  const sessionId = readSessionId(body)
  const session = context.sessions.get(sessionId) ?? null
  if (!session && !isElsewhere(context, sessionId)) throw refusals.notFound()
  const secret = readString(body, 'session_secret')
  const seq = readSeq(body)
  if (session) {
    if (!isSame(secret, session.secret)) throw refusals.wrongSecret()
    if (!isSamePrincipal(session.principal, principal)) throw otherPrincipal()
    if (principal) prove(context, session, principal, seq)
  } else {
    const checked = context.sessionNames.check({ id: sessionId, secret }, principal)
    if (checked === 'wrongSecret') throw refusals.wrongSecret()
    if (checked === 'otherPrincipal') throw otherPrincipal()
  }
  return { sessionId, session, seq }
}

/** Another gateway may have the session. */
function isElsewhere({ sessionNames, gatewayNumber }: HttpContext, sessionId: string): boolean {
  const gateway = sessionNames.gatewayOf(sessionId)
  return gateway !== null && gateway !== gatewayNumber
}

function readSessionId(body: Record<string, unknown>): string {
  const sessionId = readString(body, 'session_id')
  // [RFC 9562, 4] upper case means the same
  if (isUuid(sessionId)) return sessionId.toLowerCase()
  throw invalidSessionId()
}

/** The number of the request within its session; `null` without one. */
function readSeq({ seq }: Record<string, unknown>): number | null {
  if (seq === undefined || seq === null) return null
  if (Number.isSafeInteger(seq) && Number(seq) > 0) return Number(seq)
  throw wrongMember('seq', 'must be a whole number from 1')
}
