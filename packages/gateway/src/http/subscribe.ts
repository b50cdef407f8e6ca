import { type BatchAnswer, isRecord, toTarget } from '@headway/core/protocol'
import type { Asker } from '../access/principal.ts'
import { HttpError } from '../errors.ts'
import type { Run } from '../runs/run-store.ts'
import type { RunSnapshot } from '../runs/snapshot.ts'
import { readString } from './body.ts'
import type { HttpContext } from './context.ts'
import { findSession, findSessionToLeave, subscriptionNotFound } from './find-session.ts'
import { type RunItem, readRunItem, register, unregister } from './register.ts'
import { toErrorBody } from './reply.ts'

/** How many registrations one request may make. @see PROTOCOL.md, "Batches" */
const maxBatch = 100

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

/** What became of each item of a batch, and what to do once that is out. */
export interface BatchSubscribed {
  answers: BatchAnswer[]
  answered: () => void
}

/** `POST /_api/subscribe-batch`: all of them are read in one query; a refused item refuses no other. */
export async function subscribeBatch(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
): Promise<BatchSubscribed> {
  const items = readItems(body)
  const session = findSession(context, asker, body)
  const read = items.map((item) => ({ id: String(item.id), item: tryReadItem(item) }))
  const valid = read.flatMap(({ item }) => (item instanceof HttpError ? [] : [item]))
  const { results, answered } = await register(context, session, valid)
  const made = results.values()
  const answers = read.map(({ id, item }): BatchAnswer => {
    const result = item instanceof HttpError ? { refused: item } : made.next().value
    if (result && 'snapshot' in result) return { id, success: true, data: result.snapshot }
    const refused = result?.refused ?? subscriptionNotFound()
    return { id, success: false, error: toErrorBody(refused.message, refused.refusal) }
  })
  return { answers, answered }
}

/** `POST /_api/unsubscribe` */
export function unsubscribe(
  context: HttpContext,
  asker: Asker,
  body: Record<string, unknown>,
): void {
  const id = readString(body, 'id')
  const session = findSessionToLeave(context, asker, body)
  const watcher = isRunKind(body.kind) && session.registrations.get(toTarget(body.kind, id))
  if (!watcher) throw subscriptionNotFound()
  unregister(context, session, watcher)
}

function readItems({ items }: Record<string, unknown>): Record<string, unknown>[] {
  if (!Array.isArray(items) || !items.every(isRecord)) {
    throw new HttpError('"items" is no list of registrations', {
      status: 422,
      code: 'UNPROCESSABLE_ENTITY',
    })
  }
  if (items.length <= maxBatch) return items
  throw new HttpError(`A batch may have ${maxBatch} items, not ${items.length}`, {
    status: 400,
    code: 'INVALID_ARGUMENT',
  })
}

function tryReadItem(item: Record<string, unknown>): RunItem | HttpError {
  if (!isRunKind(item.kind)) {
    return new HttpError(`This server knows no registration of kind ${JSON.stringify(item.kind)}`, {
      status: 404,
      code: 'NOT_FOUND',
    })
  }
  try {
    return readRunItem(item.kind, item)
  } catch (error) {
    if (error instanceof HttpError) return error
    throw error
  }
}

function isRunKind(kind: unknown): kind is Run['kind'] {
  return kind === 'job' || kind === 'workflow'
}
