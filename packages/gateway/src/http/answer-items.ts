import type { BatchAnswer } from '@headway/core/protocol'
import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import type { AnswerPlace } from '../messages/answer-room.ts'
import { toErrorBody } from '../messages/reply.ts'
import { toQueryRefusal } from '../queries/query-refusal.ts'
import { kindNotFound } from '../refusals/functions.ts'
import { sessionNotFound } from '../refusals/sessions.ts'
import type { Session } from '../streams/sessions.ts'
import { isKind } from './batch-items.ts'
import type { HttpContext } from './context.ts'
import { type Registered, type RunItem, readRunItem, register } from './register.ts'
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

/** An item that could be read, with its place among all. */
interface PlacedItem<TItem> {
  index: number
  given: Record<string, unknown>
  item: TItem
}

/**
 * Registers the items of a batch: all runs are read in one query, and each query is asked by
 * itself. An item that is refused, or that has to wait, does not affect the others. Resolves when
 * all are answered.
 *
 * @param seq the number of the request within its session
 * @param answer called once for each item, as soon as its answer is there
 */
export async function answerItems(
  context: HttpContext,
  session: Session,
  items: readonly Record<string, unknown>[],
  seq: number | null,
  place: AnswerPlace,
  answer: (answer: ItemAnswer, index: number) => void,
): Promise<void> {
  const runs: PlacedItem<RunItem>[] = []
  const queries: PlacedItem<QueryItem>[] = []
  const refuse = ({ index, given, item }: PlacedItem<AnyItem>, error: unknown): void => {
    const body = toErrorBody(refusalOf(context, item, error))
    answer({ text: JSON.stringify({ ...nameOf(given), success: false, error: body }) }, index)
  }
  for (const [index, given] of items.entries()) {
    const item = tryReadItem(given)
    if (item instanceof HttpError) refuse({ index, given, item }, item)
    else if (item.kind === 'query') queries.push({ index, given, item })
    else runs.push({ index, given, item })
  }
  const answerRun = (run: PlacedItem<RunItem>, result: RunResult): void => {
    if ('refused' in result) refuse(run, result.refused)
    else answer({ text: toText(run.item, result.snapshot), answered: result.answered }, run.index)
  }
  const answerRuns = async (): Promise<void> => {
    const results = await registerRuns(context, session, runs, seq, place)
    const late: Promise<void>[] = []
    for (const [at, run] of runs.entries()) {
      const result = results[at] ?? { refused: sessionNotFound() }
      if (!(result instanceof Promise)) answerRun(run, result)
      else late.push(result.then((registered) => answerRun(run, registered)))
    }
    await Promise.all(late)
  }
  const answerQuery = async (query: PlacedItem<QueryItem>): Promise<void> => {
    try {
      const { state, answered } = await registerQuery(context, session, query.item, seq, place)
      answer({ text: toText(query.item, state.text, state.revision), answered }, query.index)
    } catch (error) {
      refuse(query, error)
    }
  }
  if (queries.length === 0) return answerRuns()
  await Promise.all([answerRuns(), ...queries.map(answerQuery)])
}

/** The result of one registration of a run. */
type RunResult = { refused: unknown } | Exclude<Registered, { refused: unknown }>

/** Never rejects: a failure refuses all of them. */
async function registerRuns(
  context: HttpContext,
  session: Session,
  runs: readonly PlacedItem<RunItem>[],
  seq: number | null,
  place: AnswerPlace,
): Promise<(RunResult | Promise<RunResult>)[]> {
  const wanted = runs.map(({ item }) => item)
  try {
    return await register(context, session, wanted, seq, place)
  } catch (error) {
    if (!isInstance(error, HttpError)) {
      const { logger } = context.options
      logger.error({ err: toError(error) }, 'the runs of a batch could not be read')
    }
    return wanted.map(() => ({ refused: error }))
  }
}

/** An item that was read, or the reason why it could not be. */
type AnyItem = RunItem | QueryItem | HttpError

/** The refusal of one item. */
function refusalOf({ options }: HttpContext, item: AnyItem, error: unknown): HttpError {
  const isQuery = !(item instanceof HttpError) && item.kind === 'query'
  if (isInstance(error, HttpError) || !isQuery) return toRequestRefusal(error, options.maskErrors)
  // Such as a schema that throws.
  options.logger.warn({ err: toError(error), query: item.name }, 'a query failed')
  return toQueryRefusal(error, options.maskErrors)
}

/** The members that identify an answer of a batch. */
type AnswerName = Pick<BatchAnswer, 'kind' | 'id'>

function nameOf({ kind, id }: Record<string, unknown>): AnswerName {
  // An object's own `toString` may be anything.
  const text = typeof id === 'string' ? id : String(JSON.stringify(id))
  const echo = text.slice(0, maxEcho)
  return isKind(kind) ? { kind, id: echo } : { id: echo }
}

/** A {@link BatchAnswer} with `data` that is JSON text already. */
function toText({ kind, id }: RunItem | QueryItem, data: string, revision?: number): string {
  const more = revision === undefined ? '' : `,"revision":${revision}`
  return `{"kind":"${kind}","id":${JSON.stringify(id)},"success":true,"data":${data}${more}}`
}

function tryReadItem(item: Record<string, unknown>): AnyItem {
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
