import type { Session } from '../connection/session.ts'
import { RpcError } from '../errors.ts'
import { parseErrorBody } from '../protocol/envelopes.ts'
import { isRecord } from '../protocol/json.ts'
import { type Api, sessionCodes } from '../rpc/authorized-fetch.ts'
import { request } from '../rpc/request.ts'
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
  | { type: 'failed'; retryAfterMs: number | null }

/** Registers one target on a session. */
export async function register(
  api: Api,
  session: Session,
  cell: Cell,
  signal: AbortSignal,
): Promise<Registered> {
  const { kind, ...item } = cell.item
  const body = { ...credentials(session), ...item }
  try {
    const answer = await request(api, { method: 'POST', path: cell.kind.path, body, signal })
    return toAnswered(cell, answer.data, answer.revision)
  } catch (error) {
    return toRefusal(cell, error)
  }
}

/** Registers many targets in one request, where the server has `subscribe-batch`. */
export async function registerBatch(
  api: Api,
  session: Session,
  cells: readonly Cell[],
  signal: AbortSignal,
): Promise<Registered[]> {
  const body = { ...credentials(session), items: cells.map(({ item }) => item) }
  try {
    const { data } = await request(api, { method: 'POST', path: '/subscribe-batch', body, signal })
    const answers = new Map(
      (Array.isArray(data) ? data : []).filter(isRecord).map((answer) => [answer.id, answer]),
    )
    return cells.map((cell) => {
      const answer = answers.get(cell.item.id)
      if (!answer) return { type: 'failed', retryAfterMs: null }
      if (answer.success !== true) return toRefusal(cell, toError(answer.error))
      const { revision } = answer
      return toAnswered(
        cell,
        answer.data ?? null,
        typeof revision === 'number' ? revision : undefined,
      )
    })
  } catch (error) {
    return cells.map((cell) => toRefusal(cell, error))
  }
}

/** Ends a registration. What the server says to it changes nothing: it ends with the session anyway. */
export async function unregister(api: Api, session: Session, cell: Cell): Promise<void> {
  const { kind, id } = cell.item
  const body = { ...credentials(session), id, kind }
  await request(api, { method: 'POST', path: '/unsubscribe', body }).catch(() => undefined)
}

function credentials({ id, secret }: Session): { session_id: string; session_secret: string } {
  return { session_id: id, session_secret: secret }
}

function toAnswered(cell: Cell, data: unknown, revision: number | undefined): Registered {
  const snapshot = cell.kind.parse(data, revision)
  if (!(snapshot instanceof Error)) return { type: 'answered', snapshot }
  const fields = { code: 'PROTOCOL', status: 200, retryAfterMs: null, details: null }
  return { type: 'refused', error: new RpcError(snapshot.message, fields) }
}

/** [protocol] Registrations 7: 408, 429 and 5xx are not final, other refusals are. */
function toRefusal(cell: Cell, error: unknown): Registered {
  if (!(error instanceof RpcError)) return { type: 'failed', retryAfterMs: null }
  const { code, status, retryAfterMs } = error
  if (sessionCodes.has(code)) return { type: 'sessionLost', error }
  if (code === cell.kind.missing) return { type: 'missed' }
  const isFinal =
    status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429
  return isFinal ? { type: 'refused', error } : { type: 'failed', retryAfterMs }
}

/** The statuses of the codes that are not final; those of all the others are refusals. */
const passingCodes: Record<string, number> = {
  RATE_LIMITED: 429,
  TOO_MANY_SUBSCRIPTIONS: 429,
  SUBSCRIPTION_FAILED: 500,
  INTERNAL_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
  TIMEOUT: 504,
}

function toError(body: unknown): RpcError {
  const { code, message, retry_after_secs, details } = parseErrorBody(body) ?? {
    code: 'PROTOCOL',
    message: 'One answer of a batch is neither a success nor an error',
  }
  return new RpcError(message, {
    code,
    status: passingCodes[code] ?? 400,
    retryAfterMs: retry_after_secs === undefined ? null : retry_after_secs * 1_000,
    details: details ?? null,
  })
}
