import { hasSameRights, type Principal } from '../access/principal.ts'
import { isInstance } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { inBackground } from '../handled.ts'
import type { QueryRegistration } from '../live/query-group.ts'
import { toQueryRefusal } from '../queries/query-refusal.ts'
import type { Session } from '../streams/sessions.ts'
import type { HttpContext } from './context.ts'
import { refuseTarget } from './registrations.ts'

/**
 * A request that names a session has proven its principal: from now on the session has that
 * principal's rights, and ends when that principal expires. When the rights change, every
 * registration is checked again.
 *
 * @param seq the number of the request within its session: an earlier one that comes later has no
 * effect
 * @see PROTOCOL.md, "Authentication"
 */
export function prove(
  context: HttpContext,
  session: Session,
  principal: Principal,
  seq: number | null = null,
): void {
  if (seq !== null) {
    if (seq < session.provenSeq) return
    session.provenSeq = seq
  }
  session.renew(principal)
  if (hasSameRights(session.principal, principal)) return
  session.principal = principal
  const runIds: string[] = []
  for (const registration of [...session.registrations.values()]) {
    if (registration.kind !== 'query') runIds.push(registration.runId)
    else {
      const proving = proveQuery(context, session, registration)
      inBackground(proving, context.options.logger, 'a query did not run again with new rights')
    }
  }
  // Each run is read once more, and the right to push it is checked; a state that is not
  // newer is not pushed again.
  context.live.runs.changed(runIds)
}

/**
 * A query is asked in the name of the new rights, which counts as a call; or it ends. Never
 * rejects.
 */
async function proveQuery(
  { guard, live, options }: HttpContext,
  session: Session,
  registration: QueryRegistration,
): Promise<void> {
  try {
    await guard.count(session, guard.find(session, registration.group.call.name))
    if (session.principal) live.queries.askAs(registration, session.principal)
  } catch (error) {
    const isRefused = isInstance(error, HttpError)
    if (!isRefused)
      options.logger.error({ err: error }, 'a query did not run again with new rights')
    const refusal = isRefused ? error : toQueryRefusal(error, options.maskErrors)
    refuseTarget({ live }, session, registration, refusal)
  }
}
