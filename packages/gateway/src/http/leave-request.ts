import type { Asker } from '../access/principal.ts'
import type { LeftRequest } from '../cluster/left-requests.ts'
import { serverOfSessionBusy, sessionNotFound } from '../refusals/sessions.ts'
import type { HttpContext } from './context.ts'
import type { FoundSession } from './find-session.ts'

/**
 * Leaves a request for the gateway that has its session. Rejects with an `HttpError` when that one
 * does not live any more, or has not taken what was left before.
 *
 * @see PROTOCOL.md, "Several servers"
 */
export async function leaveRequest(
  { leftRequests, membership, sessionNames }: HttpContext,
  { principal }: Asker,
  { sessionId, seq }: FoundSession,
  { action, items }: Pick<LeftRequest, 'action' | 'items'>,
): Promise<void> {
  const gateway = sessionNames.gatewayOf(sessionId)
  const request = { sessionId, seq, principal, action, items }
  if (gateway === null) throw sessionNotFound()
  const outcome = await leftRequests.leave(gateway, request, membership.wasAway())
  if (outcome === 'gone') throw sessionNotFound()
  if (outcome === 'full') throw serverOfSessionBusy()
}
