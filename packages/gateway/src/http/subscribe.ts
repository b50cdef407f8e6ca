import type { Asker } from '../access/principal.ts'
import type { AnswerPlace } from '../messages/answer-room.ts'
import type { Run } from '../runs/run-store.ts'
import type { Session } from '../streams/sessions.ts'
import { isUuid } from '../uuid.ts'
import { answerItems, type ItemAnswer } from './answer-items.ts'
import { readItems } from './batch-items.ts'
import type { HttpContext } from './context.ts'
import { findSession } from './find-session.ts'
import { leaveRequest } from './leave-request.ts'
import { readRunItem, register } from './register.ts'
import { readQueryItem, registerQuery } from './register-query.ts'
import { answerInTurn } from './take-request.ts'

/**
 * A new registration: the answer as JSON text, and a callback for the moment at which it is sent,
 * or given up.
 * `null`: the answer comes in the stream.
 */
export type Subscribed = {
  text: string
  answered: (isSent: boolean) => void
  /** The revision of a query's result. */
  revision?: number
} | null

/** `POST /_api/subscribe-job`, `POST /_api/subscribe-workflow` */
export async function subscribeRun(
  context: HttpContext,
  asker: Asker,
  kind: Run['kind'],
  body: Record<string, unknown>,
  place: AnswerPlace,
): Promise<Subscribed> {
  const item = readRunItem(kind, body)
  const found = findSession(context, asker, body)
  if (!found.session) {
    const items = [{ kind, id: item.id, [`${kind}_id`]: item.runId }]
    await leaveRequest(context, asker, found, { action: 'register', items })
    return null
  }
  const [registering] = await register(context, found.session, [item], found.seq, place)
  const result = await registering
  if (!result || 'refused' in result) throw result?.refused
  return { text: result.snapshot, answered: result.answered }
}

/** `POST /_api/subscribe` */
export async function subscribeQuery(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
  place: AnswerPlace,
): Promise<Subscribed> {
  const item = readQueryItem(body)
  const found = findSession(context, asker, body)
  if (!found.session) {
    const items = [{ kind: 'query', id: item.id, function: item.name, args: item.args }]
    await leaveRequest(context, asker, found, { action: 'register', items })
    return null
  }
  const { state, answered } = await registerQuery(context, found.session, item, found.seq, place)
  return { text: state.text, revision: state.revision, answered }
}

/**
 * `POST /_api/subscribe-batch`: reads all runs in one query. A refused item does not affect the
 * others. Answers are in the order of the items, or in the stream if some have to wait: an answer
 * holds up no other.
 */
export async function subscribeBatch(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
  place: AnswerPlace,
): Promise<Subscribed> {
  const items = readItems(body)
  const found = findSession(context, asker, body)
  if (!found.session) {
    await leaveRequest(context, asker, found, { action: 'register', items })
    return null
  }
  const { session, seq } = found
  if (await hasLate(context, session, items)) {
    const { length } = JSON.stringify(items)
    if (answerInTurn(context, session, items, seq, length)) return null
  }
  const all: ItemAnswer[] = []
  await answerItems(context, session, items, seq, place, (answer, index) => {
    all[index] = answer
  })
  return {
    text: `[${all.map(({ text }) => text).join()}]`,
    answered(isSent) {
      for (const { answered } of all) answered?.(isSent)
    },
  }
}

/** Some of these runs are not there, and may come. */
async function hasLate(
  { late, store, sessionNames }: HttpContext,
  session: Session,
  items: readonly Record<string, unknown>[],
): Promise<boolean> {
  // Clients of other sessions take no answers in the stream.
  if (sessionNames.gatewayOf(session.id) === null) return false
  const ids = items.flatMap(({ job_id: id }) =>
    typeof id === 'string' && isUuid(id) && late.mayCome(id) ? [id] : [],
  )
  if (ids.length === 0) return false
  // Without an answer here, registering tells what is wrong.
  const runs = await store.read(ids).catch(() => null)
  return runs !== null && ids.some((id) => !runs.has(id.toLowerCase()))
}
