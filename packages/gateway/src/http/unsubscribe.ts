import { toTarget } from '@headway/core/protocol'
import type { Asker } from '../access/principal.ts'
import { readString } from '../messages/body.ts'
import { subscriptionNotFound } from '../refusals/sessions.ts'
import type { Session } from '../streams/sessions.ts'
import { isKind, readItems } from './batch-items.ts'
import type { HttpContext } from './context.ts'
import { findSessionToUnsubscribe } from './find-session.ts'
import { leaveRequest } from './leave-request.ts'
import { unregister } from './registrations.ts'

/** `POST /_api/unsubscribe` */
export async function unsubscribe(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
): Promise<void> {
  const id = readString(body, 'id')
  // [PROTOCOL.md, Requests] Forge's clients end registrations of queries only, and send no kind.
  const items = [{ kind: body.kind ?? 'query', id }]
  const found = findSessionToUnsubscribe(context, asker, body)
  if (!found.session) return leaveRequest(context, asker, found, { action: 'unregister', items })
  const ended = unregisterItems(context, found.session, items, found.seq)
  if (ended === 0) throw subscriptionNotFound()
}

/** `POST /_api/unsubscribe-batch`: ids without a registration are ignored. */
export async function unsubscribeBatch(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
): Promise<void> {
  const items = readItems(body)
  const found = findSessionToUnsubscribe(context, asker, body)
  if (!found.session) return leaveRequest(context, asker, found, { action: 'unregister', items })
  unregisterItems(context, found.session, items, found.seq)
}

/**
 * Ends registrations, but none that a later request has made. Items without a registration are
 * ignored.
 *
 * @param seq the number of the request within its session
 * @returns how many have ended
 */
export function unregisterItems(
  context: HttpContext,
  session: Session,
  items: readonly Record<string, unknown>[],
  seq: number | null,
): number {
  let ended = 0
  for (const { kind, id } of items) {
    const isNamed = isKind(kind) && typeof id === 'string'
    const registration = isNamed && session.registrations.get(toTarget(kind, id))
    if (!registration || (seq !== null && registration.seq >= seq)) continue
    unregister(context, session, registration)
    ended += 1
  }
  return ended
}
