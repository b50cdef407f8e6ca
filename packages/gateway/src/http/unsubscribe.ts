import { toTarget } from '@headway/core/protocol'
import type { Asker } from '../access/principal.ts'
import { readString } from '../messages/body.ts'
import { subscriptionNotFound } from '../refusals/sessions.ts'
import { isKind, readItems } from './batch-items.ts'
import type { HttpContext } from './context.ts'
import { findSessionToLeave } from './find-session.ts'
import { unregister } from './registrations.ts'

/** `POST /_api/unsubscribe` */
export function unsubscribe(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
): void {
  const id = readString(body, 'id')
  const session = findSessionToLeave(context, asker, body)
  // [PROTOCOL.md, Requests] Forge's clients end registrations of queries only, and send no kind.
  const kind = body.kind ?? 'query'
  const registration = isKind(kind) && session.registrations.get(toTarget(kind, id))
  if (!registration) throw subscriptionNotFound()
  unregister(context, session, registration)
}

/** `POST /_api/unsubscribe-batch`: ids without a registration are ignored. */
export function unsubscribeBatch(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
): void {
  const items = readItems(body)
  const session = findSessionToLeave(context, asker, body)
  for (const { kind, id } of items) {
    const isNamed = isKind(kind) && typeof id === 'string'
    const registration = isNamed && session.registrations.get(toTarget(kind, id))
    if (registration) unregister(context, session, registration)
  }
}
