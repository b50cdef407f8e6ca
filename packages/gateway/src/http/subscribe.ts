import type { BatchAnswer } from '@headway/core/protocol'
import type { Asker } from '../access/principal.ts'
import { checkedRefusal } from '../checked-refusal.ts'
import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { toRefusal } from '../queries/refusal.ts'
import type { Run } from '../runs/run-store.ts'
import type { RunSnapshot } from '../runs/snapshot.ts'
import { isKind, readItems } from './batch-items.ts'
import type { HttpContext } from './context.ts'
import { findSession, subscriptionNotFound } from './find-session.ts'
import { type RunItem, readRunItem, register } from './register.ts'
import { type QueryItem, readQueryItem, registerQuery } from './register-query.ts'
import { toErrorBody } from './reply.ts'

/** A registration that was made: what to answer, and what to do once the answer is out. */
export interface Subscribed {
  snapshot: RunSnapshot
  answered: () => void
}

/** `POST /_api/subscribe-job`, `POST /_api/subscribe-workflow` */
export async function subscribeRun(
  context: HttpContext,
  asker: Asker,
  kind: Run['kind'],
  body: Record<string, unknown>,
): Promise<Subscribed> {
  const item = readRunItem(kind, body)
  const session = findSession(context, asker, body)
  const { results, answered } = await register(context, session, [item])
  const [result] = results
  if (!result || 'refused' in result) throw result?.refused
  return { snapshot: result.snapshot, answered }
}

/** `POST /_api/subscribe` */
export async function subscribeQuery(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
): Promise<{ data: unknown; revision: number; answered: () => void }> {
  const item = readQueryItem(body)
  const session = findSession(context, asker, body)
  const { state, answered } = await registerQuery(context, session, item)
  return { data: JSON.parse(state.text), revision: state.revision, answered }
}

/** What became of each item of a batch, and what to do once that is out. */
export interface BatchSubscribed {
  answers: BatchAnswer[]
  answered: () => void
}

/**
 * `POST /_api/subscribe-batch`: all runs are read in one query; a refused item refuses no other. Answers are in the
 * order of the items.
 */
export async function subscribeBatch(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
): Promise<BatchSubscribed> {
  const items = readItems(body)
  const session = findSession(context, asker, body)
  const read = items.map((item) => ({ name: nameOf(item), item: tryReadItem(item) }))
  const runItems = read.flatMap(({ item }) => ('runId' in item ? [item] : []))
  const runs = register(context, session, runItems)
  const answering = read.map(async ({ name, item }): Promise<Answered> => {
    try {
      if (item instanceof HttpError) throw item
      if (!('runId' in item)) {
        const { state, answered } = await registerQuery(context, session, item)
        const { text, revision } = state
        return { answer: { ...name, success: true, data: JSON.parse(text), revision }, answered }
      }
      const result = (await runs).results[runItems.indexOf(item)]
      if (!result || 'refused' in result) throw result?.refused ?? subscriptionNotFound()
      return { answer: { ...name, success: true, data: result.snapshot } }
    } catch (error) {
      const refused = refusalOf(context, item, error)
      return { answer: { ...name, success: false, error: toErrorBody(refused) } }
    }
  })
  const all = await Promise.all(answering)
  const { answered } = await runs
  return {
    answers: all.map(({ answer }) => answer),
    answered() {
      answered()
      for (const { answered } of all) answered?.()
    },
  }
}

/** Why an item is refused. Throws what concerns the others, too. */
function refusalOf(
  { options }: HttpContext,
  item: RunItem | QueryItem | HttpError,
  error: unknown,
): HttpError {
  if (isInstance(error, HttpError)) return checkedRefusal(error)
  if (item instanceof HttpError || 'runId' in item) throw error
  // Such as a schema that throws: what a query is asked with is its own affair.
  options.logger.warn({ err: toError(error), query: item.name }, 'a query failed')
  return toRefusal(error, options.maskErrors)
}

/** The answer to one item, and what to do once it is out. */
interface Answered {
  answer: BatchAnswer
  answered?: () => void
}

/** What the answer to an item is told by. */
function nameOf({ kind, id }: Record<string, unknown>): Pick<BatchAnswer, 'kind' | 'id'> {
  return { ...(isKind(kind) && { kind }), id: String(id) }
}

function tryReadItem(item: Record<string, unknown>): RunItem | QueryItem | HttpError {
  const { kind } = item
  if (!isKind(kind)) {
    return new HttpError(`This server knows no registration of kind ${JSON.stringify(kind)}`, {
      status: 404,
      code: 'NOT_FOUND',
    })
  }
  try {
    return kind === 'query' ? readQueryItem(item) : readRunItem(kind, item)
  } catch (error) {
    if (error instanceof HttpError) return error
    throw error
  }
}
