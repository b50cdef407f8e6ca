import { toTarget } from '@headway/core/protocol'
import type { QueryState } from '../live/query-frames.ts'
import type { AnswerPlace } from '../messages/answer-room.ts'
import { readString } from '../messages/body.ts'
import { queryNotFound } from '../refusals/functions.ts'
import { argumentsTooLarge, rightsChanged, sessionNotFound } from '../refusals/sessions.ts'
import type { Session } from '../streams/sessions.ts'
import type { HttpContext } from './context.ts'
import { addRegistration, readId, unregister } from './registrations.ts'
import { parseArgs } from './rpc.ts'

/** A query that a session wants to watch. */
export interface QueryItem {
  kind: 'query'
  /** As the client chose it. */
  id: string
  name: string
  args: unknown
  argsBytes: number
}

/**
 * A new registration: its first result, and a callback for the moment at which the answer is sent,
 * or given up.
 */
export interface RegisteredQuery {
  state: QueryState
  answered: (isSent: boolean) => void
}

/** The registration in a body. Throws an {@link HttpError} about an invalid one. */
export function readQueryItem(body: Record<string, unknown>): QueryItem {
  const name = readString(body, 'function')
  const args = body.args ?? null
  // They are kept as long as the registration lasts.
  const argsBytes = Buffer.byteLength(JSON.stringify(args))
  if (argsBytes <= maxArgsBytes) return { kind: 'query', id: readId(body), name, args, argsBytes }
  throw argumentsTooLarge(maxArgsBytes, argsBytes)
}

/** The maximum size of the arguments of a registered query, in bytes of JSON. */
const maxArgsBytes = 65_536

/** Registers first, then asks for the result, so that no change falls in between. */
export async function registerQuery(
  context: HttpContext,
  session: Session,
  { id, name, args, argsBytes }: QueryItem,
  seq: number | null,
  place: AnswerPlace,
): Promise<RegisteredQuery> {
  const { queries } = context.live
  const { principal, outbox } = session
  const found = context.guard.find(session, name)
  const { kind, definition } = found
  if (kind !== 'query') throw queryNotFound(name)
  await context.guard.count(session, found)
  const input = await parseArgs(definition, args)
  if (context.sessions.get(session.id) !== session) throw sessionNotFound()
  const call = { name, definition, principal, args, argsBytes, input }
  const wanted = { target: toTarget('query', id), outbox, seq: seq ?? 0 }
  const registration = queries.watch(call, wanted)
  addRegistration(context, session, registration)
  try {
    const state = await queries.result(registration)
    if (context.sessions.get(session.id) !== session) throw sessionNotFound()
    if (session.principal !== principal) throw rightsChanged()
    place.take(Buffer.byteLength(state.text))
    return { state, answered: (isSent) => queries.answered(registration, isSent ? state : null) }
  } catch (error) {
    unregister(context, session, registration)
    throw session.principal === principal ? error : rightsChanged()
  }
}
