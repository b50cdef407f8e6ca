import { isSamePrincipal } from '../access/principal.ts'
import type { LeftRequest } from '../cluster/left-requests.ts'
import { answerInStream } from './answer-in-stream.ts'
import type { HttpContext } from './context.ts'
import { prove } from './prove.ts'
import { unregisterItems } from './unsubscribe.ts'

/**
 * Handles a request that another gateway has left. It has checked the sender; a session that has
 * ended in the meantime is nobody's any more.
 */
export function takeRequest(
  context: HttpContext,
  { sessionId, principal, seq, action, items }: LeftRequest,
): void {
  const session = context.sessions.get(sessionId)
  if (!session || !isSamePrincipal(session.principal, principal)) return
  if (principal) prove(context, session, principal, seq)
  if (action === 'register') answerInStream(context, session, items, seq)
  else unregisterItems(context, session, items, seq)
}
