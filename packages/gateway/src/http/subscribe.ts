import type { BatchAnswer } from '@headway/core/protocol'
import type { Asker } from '../access/principal.ts'
import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { handled } from '../handled.ts'
import type { AnswerPlace } from '../messages/answer-room.ts'
import { toErrorBody } from '../messages/reply.ts'
import { toQueryRefusal } from '../queries/query-refusal.ts'
import { kindNotFound } from '../refusals/functions.ts'
import { subscriptionNotFound } from '../refusals/sessions.ts'
import type { Run } from '../runs/run-store.ts'
import { isKind, readItems } from './batch-items.ts'
import type { HttpContext } from './context.ts'
import { findSession } from './find-session.ts'
import { type RunItem, readRunItem, register } from './register.ts'
import { type QueryItem, readQueryItem, registerQuery } from './register-query.ts'
import { toRequestRefusal } from './request-refusal.ts'

/** The maximum length of a client's own text in an answer, in characters. */
const maxEcho = 255

/**
 * A new registration: the answer as JSON text, and a callback for the moment at which it is sent.
 */
export interface Subscribed {
  text: string
  answered: () => void
  /** The revision of a query's result. */
  revision?: number
}

/** `POST /_api/subscribe-job`, `POST /_api/subscribe-workflow` */
export async function subscribeRun(
  context: HttpContext,
  asker: Asker,
  kind: Run['kind'],
  body: Record<string, unknown>,
  place: AnswerPlace,
): Promise<Subscribed> {
  const item = readRunItem(kind, body)
  const session = findSession(context, asker, body)
  const { results, answered } = await register(context, session, [item], place)
  const [result] = results
  if (!result || 'refused' in result) throw result?.refused
  return { text: result.snapshot, answered }
}

/** `POST /_api/subscribe` */
export async function subscribeQuery(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
  place: AnswerPlace,
): Promise<Subscribed> {
  const item = readQueryItem(body)
  const session = findSession(context, asker, body)
  const { state, answered } = await registerQuery(context, session, item, place)
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
  const session = findSession(context, asker, body)
  const read = items.map((item) => ({ name: nameOf(item), item: tryReadItem(item) }))
  const runItems = read.flatMap(({ item }) => ('runId' in item ? [item] : []))
  const runs = handled(register(context, session, runItems, place))
  const answering = read.map(async ({ name, item }): Promise<ItemAnswer> => {
    try {
      if (item instanceof HttpError) throw item
      if (!('runId' in item)) {
        const { state, answered } = await registerQuery(context, session, item, place)
        return { text: toText(name, state.text, state.revision), answered }
      }
      const result = (await runs).results[runItems.indexOf(item)]
      if (!result || 'refused' in result) throw result?.refused ?? subscriptionNotFound()
      return { text: toText(name, result.snapshot) }
    } catch (error) {
      const body = toErrorBody(refusalOf(context, item, error))
      return { text: JSON.stringify({ ...name, success: false, error: body }) }
    }
  })
  const all = await Promise.all(answering)
  const made = await runs.catch((error: unknown) => {
    // Each of its items was refused.
    if (!isInstance(error, HttpError)) {
      context.options.logger.error({ err: toError(error) }, 'the runs of a batch could not be read')
    }
    return null
  })
  return {
    text: `[${all.map(({ text }) => text).join()}]`,
    answered() {
      made?.answered()
      for (const { answered } of all) answered?.()
    },
  }
}

/** The refusal of one item. */
function refusalOf(
  { options }: HttpContext,
  item: RunItem | QueryItem | HttpError,
  error: unknown,
): HttpError {
  const isQuery = !(item instanceof HttpError) && item.kind === 'query'
  if (isInstance(error, HttpError) || !isQuery) return toRequestRefusal(error, options.maskErrors)
  // Such as a schema that throws.
  options.logger.warn({ err: toError(error), query: item.name }, 'a query failed')
  return toQueryRefusal(error, options.maskErrors)
}

/** The answer to one item as JSON text, and a callback for the moment at which it is sent. */
interface ItemAnswer {
  text: string
  answered?: () => void
}

/** The members that identify an answer of a batch. */
type AnswerName = Pick<BatchAnswer, 'kind' | 'id'>

function nameOf({ kind, id }: Record<string, unknown>): AnswerName {
  return { ...(isKind(kind) && { kind }), id: String(id).slice(0, maxEcho) }
}

/** A {@link BatchAnswer} with `data` that is JSON text already. */
function toText(name: AnswerName, data: string, revision?: number): string {
  const more = revision === undefined ? '' : `,"revision":${revision}`
  return `${JSON.stringify({ ...name, success: true }).slice(0, -1)},"data":${data}${more}}`
}

function tryReadItem(item: Record<string, unknown>): RunItem | QueryItem | HttpError {
  const { kind } = item
  if (!isKind(kind)) {
    const echo = String(JSON.stringify(kind)).slice(0, maxEcho)
    return kindNotFound(echo)
  }
  try {
    return kind === 'query' ? readQueryItem(item) : readRunItem(kind, item)
  } catch (error) {
    if (error instanceof HttpError) return error
    throw error
  }
}
