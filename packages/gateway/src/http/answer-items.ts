import type { BatchAnswer } from '@headway/core/protocol'
import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { handled } from '../handled.ts'
import type { AnswerPlace } from '../messages/answer-room.ts'
import { toErrorBody } from '../messages/reply.ts'
import { toQueryRefusal } from '../queries/query-refusal.ts'
import { kindNotFound } from '../refusals/functions.ts'
import { sessionNotFound } from '../refusals/sessions.ts'
import type { Session } from '../streams/sessions.ts'
import { isKind } from './batch-items.ts'
import type { HttpContext } from './context.ts'
import { type RunItem, readRunItem, register } from './register.ts'
import { type QueryItem, readQueryItem, registerQuery } from './register-query.ts'
import { toRequestRefusal } from './request-refusal.ts'

/** The maximum length of a client's own text in an answer, in characters. */
const maxEcho = 255

/**
 * The answer to one item as JSON text, and a callback for the moment at which it is sent, or given
 * up.
 */
export interface ItemAnswer {
  text: string
  answered?: (isSent: boolean) => void
}

/**
 * Registers the items of a batch: all runs are read in one query, and each query is asked by itself.
 * A refused item does not affect the others. The answers are in the order of the items; none
 * rejects.
 *
 * @param seq the number of the request within its session
 */
export function answerItems(
  context: HttpContext,
  session: Session,
  items: readonly Record<string, unknown>[],
  seq: number | null,
  place: AnswerPlace,
): Promise<ItemAnswer>[] {
  const read = items.map((item) => ({ name: nameOf(item), item: tryReadItem(item) }))
  const runItems = read.flatMap(({ item }) => ('runId' in item ? [item] : []))
  const runs = handled(register(context, session, runItems, seq, place))
  runs.catch((error: unknown) => {
    if (isInstance(error, HttpError)) return
    context.options.logger.error({ err: toError(error) }, 'the runs of a batch could not be read')
  })
  return read.map(async ({ name, item }): Promise<ItemAnswer> => {
    try {
      if (item instanceof HttpError) throw item
      if (!('runId' in item)) {
        const { state, answered } = await registerQuery(context, session, item, seq, place)
        return { text: toText(name, state.text, state.revision), answered }
      }
      const result = (await runs)[runItems.indexOf(item)]
      if (!result || 'refused' in result) throw result?.refused ?? sessionNotFound()
      return { text: toText(name, result.snapshot), answered: result.answered }
    } catch (error) {
      const body = toErrorBody(refusalOf(context, item, error))
      return { text: JSON.stringify({ ...name, success: false, error: body }) }
    }
  })
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
