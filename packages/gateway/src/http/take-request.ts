import { isSamePrincipal } from '../access/principal.ts'
import type { LeftRequest } from '../cluster/left-requests.ts'
import { createTurns, type Turns } from '../cluster/turns.ts'
import type { Session } from '../streams/sessions.ts'
import { answerInStream } from './answer-in-stream.ts'
import type { HttpContext } from './context.ts'
import { prove } from './prove.ts'
import { unregisterItems } from './unsubscribe.ts'

/** The turns of each session whose requests are answered in its stream. */
const turns = new WeakMap<Session, Turns>()

/**
 * Handles a request that another gateway has left, and whose sender it has checked. Without its
 * session, which may have ended, the request has no effect. Answers are held in memory until the
 * stream is read: only a few requests of a stream are answered at a time, and some more wait. One
 * that finds no room has no effect, and its client asks again.
 *
 * @param length the number of characters of the request
 */
export function takeRequest(
  context: HttpContext,
  { sessionId, principal, seq, action, items }: LeftRequest,
  length: number,
): void {
  const session = context.sessions.get(sessionId)
  if (!session || !isSamePrincipal(session.principal, principal)) return
  // One that has expired since must not end the session: a newer one may have been proved here.
  if (principal && principal.expiresAt > Date.now()) prove(context, session, principal, seq)
  if (action !== 'register') return void unregisterItems(context, session, items, seq)
  const isTaken = answerInTurn(context, session, items, seq, length)
  if (!isTaken) context.options.logger.warn('a stream does not read: a request had no effect')
}

/**
 * Answers registrations in the stream once it is their turn. Returns false, without any effect, if
 * there is no room to wait in.
 *
 * @param length the number of characters of the request
 */
export function answerInTurn(
  context: HttpContext,
  session: Session,
  items: readonly Record<string, unknown>[],
  seq: number | null,
  length: number,
): boolean {
  const own = turns.get(session) ?? createTurns()
  turns.set(session, own)
  return own.add(length, (over) => {
    // It may have ended while the request waited: then the others have no effect either.
    if (context.sessions.get(session.id) === session)
      answerInStream(context, session, items, seq, over)
  })
}
