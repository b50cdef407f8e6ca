import { offers, type Session } from '../connection/session.ts'
import { RpcError } from '../errors.ts'
import { parseErrorBody } from '../protocol/envelopes.ts'
import { isRecord } from '../protocol/json.ts'
import { sessionCodes } from '../rpc/authorized-fetch.ts'
import { request } from '../rpc/request.ts'
import type { Transport } from '../rpc/transport.ts'
import { textOf } from '../text-of.ts'
import type { Cell } from './cell.ts'

/** How a registration ended. Only `failed` is worth another try on the same session. */
export type Registered =
  | { type: 'answered'; snapshot: unknown }
  /** There is no such run. */
  | { type: 'missed' }
  /** The server will not let this client follow it. */
  | { type: 'refused'; error: RpcError }
  /** The server does not know the session. */
  | { type: 'sessionLost'; error: RpcError }
  | { type: 'failed'; error: RpcError }

/** Registers one target on a session. */
export async function register(
  transport: Transport,
  session: Session,
  cell: Cell,
  signal: AbortSignal,
): Promise<Registered> {
  const { kind, ...item } = cell.item
  const body = { ...credentials(session), ...item }
  try {
    const answer = await request(transport, { method: 'POST', path: cell.kind.path, body, signal })
    return toAnswered(cell, answer.data, answer.revision)
  } catch (error) {
    return toRefusal(cell, asRpcError(error))
  }
}

/**
 * Reads a target that is registered already. For a query on a Forge: a second registration there
 * would be answered from a cache, and stay beside the first one.
 */
export async function read(
  transport: Transport,
  cell: Cell,
  signal: AbortSignal,
): Promise<Registered> {
  try {
    const { data } = await request(transport, { ...cell.kind.toRead(cell.item), signal })
    return toAnswered(cell, data, undefined)
  } catch (error) {
    return toRefusal(cell, asRpcError(error))
  }
}

/**
 * Registers many targets in one request, where the server has `subscribe-batch`. `null` when the request as a whole was
 * refused, which says nothing of each of them: one of them may be too large, or not to something's taste.
 */
export async function registerBatch(
  transport: Transport,
  session: Session,
  cells: readonly Cell[],
  signal: AbortSignal,
): Promise<Registered[] | null> {
  const body = { ...credentials(session), items: cells.map(({ item }) => item) }
  try {
    const { data } = await request(transport, {
      method: 'POST',
      path: '/subscribe-batch',
      body,
      signal,
    })
    const answers = Array.isArray(data) ? data.filter(isRecord) : []
    return cells.map((cell, index) => toRegistered(cell, findAnswer(answers, cell, index)))
  } catch (thrown) {
    const error = asRpcError(thrown)
    const isWhole = isFinal(error) && error.status !== 401 && !sessionCodes.has(error.code)
    return isWhole ? null : cells.map((cell) => toRefusal(cell, error))
  }
}

/**
 * The answer to one item: of its kind and id, which are the client's own words, and one id may be a job's and a
 * workflow's. Older servers do not say the kind; then the place decides between equal ids.
 */
function findAnswer(
  answers: readonly Record<string, unknown>[],
  { item }: Cell,
  index: number,
): Record<string, unknown> | undefined {
  const isOf = ({ id, kind }: Record<string, unknown>): boolean =>
    id === item.id && (kind === undefined || kind === item.kind)
  const atPlace = answers[index]
  return atPlace && isOf(atPlace) ? atPlace : answers.find(isOf)
}

function toRegistered(cell: Cell, answer: Record<string, unknown> | undefined): Registered {
  if (!answer) return { type: 'failed', error: toError(null) }
  if (answer.success !== true) return toRefusal(cell, toError(answer.error))
  const { data = null, revision } = answer
  return toAnswered(cell, data, typeof revision === 'number' ? revision : undefined)
}

function credentials({ id, secret }: Session): { session_id: string; session_secret: string } {
  return { session_id: id, session_secret: secret }
}

/** Ends registrations. A refusal changes nothing: they end with the session anyway. Whether there was an answer. */
export async function unregister(
  transport: Transport,
  session: Session,
  cells: readonly Cell[],
  signal: AbortSignal,
): Promise<boolean> {
  const [first] = cells
  const items = cells.map(({ item: { kind, id } }) => ({ kind, id }))
  const isBatch = offers(session, 'unsubscribe-batch')
  const path = isBatch ? '/unsubscribe-batch' : '/unsubscribe'
  const what = isBatch ? { items } : { kind: first?.item.kind, id: first?.item.id }
  const body = { ...credentials(session), ...what }
  return request(transport, { method: 'POST', path, body, signal }).then(
    () => true,
    (error: unknown) => isFinal(asRpcError(error)),
  )
}

function toAnswered(cell: Cell, data: unknown, revision: number | undefined): Registered {
  const snapshot = cell.kind.parse(data, revision)
  if (!(snapshot instanceof Error)) return { type: 'answered', snapshot }
  return { type: 'refused', error: asRpcError(snapshot, 'PROTOCOL') }
}

function toRefusal(cell: Cell, error: RpcError): Registered {
  if (sessionCodes.has(error.code)) return { type: 'sessionLost', error }
  if (error.code === cell.kind.missing) return { type: 'missed' }
  return { type: isFinal(error) ? 'refused' : 'failed', error }
}

/** [protocol] Registrations 7: 408, 429 and 5xx are not final, other refusals are; a balancer's own 404 is none. */
export function isFinal({ status, code }: RpcError): boolean {
  if (status === null || status < 400 || status >= 500) return false
  return status !== 408 && status !== 429 && code !== 'HTTP_404'
}

/** The codes that are not final; all the others are refusals. @see PROTOCOL.md, "Batches" */
const passingCodes: ReadonlySet<string> = new Set([
  'RATE_LIMITED',
  'TOO_MANY_SUBSCRIPTIONS',
  'SUBSCRIPTION_FAILED',
  'INTERNAL_ERROR',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
])

/** The error of one answer in a batch. */
function toError(body: unknown): RpcError {
  const { code, message, retry_after_secs, details } = parseErrorBody(body) ?? {
    code: 'PROTOCOL',
    message: 'One answer of a batch is neither a success nor an error',
  }
  return new RpcError(message, {
    code,
    status: body === null ? null : passingCodes.has(code) ? 429 : 400,
    retryAfterMs: retry_after_secs === undefined ? null : Math.max(0, retry_after_secs * 1_000),
    details,
  })
}

/** Whatever was thrown: arguments that cannot be sent are refused as finally as by a server. */
function asRpcError(error: unknown, code = 'UNSENDABLE'): RpcError {
  if (error instanceof RpcError) return error
  return new RpcError(textOf(error), { code, status: 400 }, { cause: error })
}
