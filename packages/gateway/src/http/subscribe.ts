import type { Asker } from '../access/principal.ts'
import type { AnswerPlace } from '../messages/answer-room.ts'
import type { Run } from '../runs/run-store.ts'
import { answerItems, type ItemAnswer } from './answer-items.ts'
import { readItems } from './batch-items.ts'
import type { HttpContext } from './context.ts'
import { findSession } from './find-session.ts'
import { leaveRequest } from './leave-request.ts'
import { readRunItem, register } from './register.ts'
import { readQueryItem, registerQuery } from './register-query.ts'

/**
 * A new registration: the answer as JSON text, and a callback for the moment at which it is sent,
 * or given up.
 * `null`: the answer comes in the stream, from the gateway that has the session.
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
  const [result] = await register(context, found.session, [item], found.seq, place)
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
 * others. Answers are in the order of the items.
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
  const all: ItemAnswer[] = []
  await answerItems(context, found.session, items, found.seq, place, (answer, index) => {
    all[index] = answer
  })
  return {
    text: `[${all.map(({ text }) => text).join()}]`,
    answered(isSent) {
      for (const { answered } of all) answered?.(isSent)
    },
  }
}
