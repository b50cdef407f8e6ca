import { offers, type Session } from '../connection/session.ts'
import { RpcError } from '../errors.ts'
import { parseErrorBody, type UnsubscribeItem } from '../protocol/envelopes.ts'
import { isRecord } from '../protocol/json.ts'
import { sessionCodes } from '../rpc/authorized-fetch.ts'
import { request } from '../rpc/request.ts'
import type { Transport } from '../rpc/transport.ts'
import { textOf } from '../text-of.ts'
import type { Cell } from './cell.ts'
import type { RegistrationAnswer } from './registration-answer.ts'

/** Registers one target on a session. Returns `null` if its answer comes in the stream. */
export async function register(
  transport: Transport,
  session: Session,
  cell: Cell,
  signal: AbortSignal,
): Promise<RegistrationAnswer | null> {
  const { kind, ...item } = cell.item
  const body = { ...session.credentials(), ...item }
  try {
    const answer = await request(transport, { method: 'POST', path: cell.kind.path, body, signal })
    const isAccepted = answer.data === null && answer.revision === undefined
    if (isAccepted && offers(session, 'stream-answers')) return null
    return toAnswered(cell, answer.data, answer.revision)
  } catch (error) {
    return toRefusal(cell, toRpcError(error))
  }
}

/**
 * Reads a target that is registered already. A Forge would answer a second registration of a query
 * from a cache, and keep both.
 */
export async function read(
  transport: Transport,
  cell: Cell,
  signal: AbortSignal,
): Promise<RegistrationAnswer> {
  try {
    const { data } = await request(transport, { ...cell.kind.toRead(cell.item), signal })
    return toAnswered(cell, data, undefined)
  } catch (error) {
    return toRefusal(cell, toRpcError(error))
  }
}

/**
 * Registers many targets in one request, where the server has `subscribe-batch`. Returns `refused`
 * when the request as a whole was refused: that says nothing about the single targets. Returns
 * `accepted` when the answers come in the stream.
 */
export async function registerBatch(
  transport: Transport,
  session: Session,
  cells: readonly Cell[],
  signal: AbortSignal,
): Promise<RegistrationAnswer[] | 'refused' | 'accepted'> {
  const body = { ...session.credentials(), items: cells.map(({ item }) => item) }
  const path = '/subscribe-batch'
  try {
    const { data } = await request(transport, { method: 'POST', path, body, signal })
    if (data === null && offers(session, 'stream-answers')) return 'accepted'
    const answers = Array.isArray(data) ? data.filter(isRecord) : []
    return cells.map((cell, index) => toAnswer(cell, findAnswer(answers, cell, index)))
  } catch (thrown) {
    const error = toRpcError(thrown)
    const isBatchRefused = isFinal(error) && error.status !== 401 && !sessionCodes.has(error.code)
    return isBatchRefused ? 'refused' : cells.map((cell) => toRefusal(cell, error))
  }
}

/**
 * Ends registrations. Returns false if the request is to be sent again: it got no answer, or one
 * that is not final.
 */
export async function unregister(
  transport: Transport,
  session: Session,
  items: readonly UnsubscribeItem[],
  { isBatched, signal }: { isBatched: boolean; signal: AbortSignal },
): Promise<boolean> {
  const path = isBatched ? '/unsubscribe-batch' : '/unsubscribe'
  const targets = isBatched ? { items } : items[0]
  const body = { ...session.credentials(), ...targets }
  return request(transport, { method: 'POST', path, body, signal }).then(
    () => true,
    (error: unknown) => isFinal(toRpcError(error)),
  )
}

/**
 * [protocol] Registrations 7: 408, 429, 5xx and the 404 of a balancer are not final; other refusals
 * are.
 */
export function isFinal({ status, code }: RpcError): boolean {
  if (status === null || status < 400 || status >= 500) return false
  return status !== 408 && status !== 429 && code !== 'HTTP_404'
}

/**
 * Finds an answer by kind and id: a job and a workflow may share an id. Older servers omit the
 * kind, then the position decides.
 */
function findAnswer(
  answers: readonly Record<string, unknown>[],
  { item }: Cell,
  index: number,
): Record<string, unknown> | undefined {
  const isOf = ({ id, kind }: Record<string, unknown>): boolean =>
    id === item.id && (kind === undefined || kind === item.kind)
  const atIndex = answers[index]
  return atIndex && isOf(atIndex) ? atIndex : answers.find(isOf)
}

/** Reads the answer to one item of a batch. */
export function toAnswer(
  cell: Cell,
  answer: Record<string, unknown> | undefined,
): RegistrationAnswer {
  if (!answer) return { type: 'failed', error: toItemError(null) }
  if (answer.success !== true) return toRefusal(cell, toItemError(answer.error))
  const { data = null, revision } = answer
  return toAnswered(cell, data, typeof revision === 'number' ? revision : undefined)
}

function toAnswered(cell: Cell, data: unknown, revision: number | undefined): RegistrationAnswer {
  const snapshot = cell.kind.parse(data, revision)
  if (!(snapshot instanceof Error)) return { type: 'answered', snapshot }
  return { type: 'refused', error: toRpcError(snapshot, 'PROTOCOL') }
}

function toRefusal(cell: Cell, error: RpcError): RegistrationAnswer {
  if (sessionCodes.has(error.code)) return { type: 'sessionLost', error }
  if (error.code === cell.kind.missing) return { type: 'missed', error }
  return { type: isFinal(error) ? 'refused' : 'failed', error }
}

/** The codes of items that are tried again. All others are final. @see PROTOCOL.md, "Batches" */
const passingCodes: ReadonlySet<string> = new Set([
  'RATE_LIMITED',
  'TOO_MANY_SUBSCRIPTIONS',
  'SUBSCRIPTION_FAILED',
  'INTERNAL_ERROR',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
])

/** The error of one item in a batch, with the status that a request of its own would have had. */
function toItemError(body: unknown): RpcError {
  const { code, message, retry_after_secs, details } = parseErrorBody(body) ?? {
    code: 'PROTOCOL',
    message: 'An answer in a batch must be a success or an error',
  }
  return new RpcError(message, {
    code,
    status: body === null ? null : passingCodes.has(code) ? 429 : 400,
    retryAfterMs: retry_after_secs === undefined ? null : Math.max(0, retry_after_secs * 1_000),
    details,
  })
}

/** Turns anything thrown into an `RpcError`. Arguments that cannot be sent are refused for good. */
function toRpcError(error: unknown, code = 'UNSENDABLE'): RpcError {
  if (error instanceof RpcError) return error
  return new RpcError(textOf(error), { code, status: 400 }, { cause: error })
}
