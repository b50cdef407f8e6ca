import { RpcError } from '../errors.ts'
import { parseEnvelope, parseErrorBody } from '../protocol/envelopes.ts'
import { parseJson } from '../protocol/json.ts'
import { after } from '../time/after.ts'
import { authorizedFetch } from './authorized-fetch.ts'
import { noAnswer, type Transport } from './transport.ts'

/** One request to the server. */
export interface ApiRequest {
  method: 'GET' | 'POST'
  /** Below `/_api`, such as `/subscribe-job`. */
  path: string
  /** Sent as JSON, a form as it is. */
  body?: unknown
  headers?: Record<string, string>
  /** Ends it: the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined
  /** How long it may take in all, in milliseconds; the client's `callTimeoutMs` when left out. */
  timeoutMs?: number | undefined
  /** Told the token that it is sent with, `undefined` while another one is asked for; what it throws is thrown. */
  onSent?: ((token: string | null | undefined) => void) | undefined
}

/** What a request was answered. `revision` comes with a query's result. */
export interface Answer {
  data: unknown
  revision?: number
}

/**
 * Sends one request and returns what its envelope holds. Rejects with {@link RpcError}: the server's
 * code; `NETWORK` when no answer came, `TIMEOUT` when none came in time; `HTTP_<status>` when the
 * answer was not ours (a proxy's page, say).
 *
 * @see PROTOCOL.md, "Envelopes"
 */
export async function request(transport: Transport, what: ApiRequest): Promise<Answer> {
  const { options } = transport
  const { method, path, body, signal, timeoutMs = options.callTimeoutMs } = what
  const url = `${options.url}/_api${path}`
  const controller = new AbortController()
  const end = (reason: RpcError): void => controller.abort(reason)
  const abort = (): void => controller.abort(signal?.reason)
  // While the token is asked for, nothing is sent.
  let isSent = false
  const timeout = after(timeoutMs, options.scheduler).subscribe(() =>
    end(isSent ? noAnswer('TIMEOUT', url) : noAnswer('TOKEN', url, tokenTimeout(timeoutMs))),
  )
  transport.pending.add(end)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  try {
    const response = await abortable(
      authorizedFetch(
        transport,
        url,
        { method, ...toBody(body, what.headers), signal: controller.signal },
        (token) => {
          what.onSent?.(token)
          isSent = token !== undefined
        },
      ),
      controller.signal,
    )
    const read = <T>(reading: Promise<T>): Promise<T> =>
      abortable(reading, controller.signal).catch((cause: unknown) => {
        // Cut in the middle of the body: nobody knows what the answer was.
        throw controller.signal.aborted ? cause : noAnswer('NETWORK', url, cause)
      })
    if (response.headers.get('x-headway-answer') === 'blob') {
      return { data: toFile(await read(response.blob()), response.headers) }
    }
    const json = parseJson(await read(response.text()))
    const answer = parseEnvelope(json)
    if (!(answer instanceof Error) && answer.success) return { data: answer.data, ...answer }
    const error = answer instanceof Error ? json : answer.error
    throw toRpcError(response, error, `${method} ${url}`, options.scheduler.now())
  } finally {
    timeout.unsubscribe()
    transport.pending.delete(end)
    signal?.removeEventListener('abort', abort)
  }
}

/** [RFC 6266] under its name, where it has one */
function toFile(blob: Blob, headers: Headers): Blob {
  const name = headers.get('content-disposition')?.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  if (!name) return blob
  return new File([blob], decodeURIComponent(name), { type: blob.type })
}

/** [PROTOCOL.md, "Uploads"] a form bears a header that no page of another origin sends unasked, and that Forge knows */
function toBody(body: unknown, headers: object | undefined): Pick<RequestInit, 'body' | 'headers'> {
  if (body === undefined) return { headers: { ...headers } }
  if (body instanceof FormData) return { body, headers: { ...headers, 'x-forge-platform': 'web' } }
  return {
    body: JSON.stringify(body),
    headers: { ...headers, 'content-type': 'application/json' },
  }
}

/** Why nothing was sent in time. */
export function tokenTimeout(ms: number): Error {
  return new Error(`token() gave no answer in ${ms} ms`)
}

/** What a refusal says, whichever of its shapes it came in. Used for streams, too. */
export function toRpcError(
  response: { status: number; headers: Headers },
  body: unknown,
  what: string,
  now: number,
): RpcError {
  const { status, headers } = response
  const error = parseErrorBody(body)
  const seconds = error?.retry_after_secs
  return new RpcError(error?.message ?? `${what} answered ${status} with a body that is not ours`, {
    code: error?.code ?? `HTTP_${status}`,
    status,
    retryAfterMs:
      toMilliseconds(headers, now) ?? (seconds === undefined ? null : Math.max(0, seconds * 1_000)),
    details: error?.details ?? null,
  })
}

/**
 * [spec] Retry-After = HTTP-date / delay-seconds (RFC 9110, 10.2.3). A date is the server's: its own clock says how
 * far off it is, where the answer bears it.
 */
function toMilliseconds(headers: Headers, now: number): number | null {
  const header = headers.get('retry-after')
  if (!header) return null
  const sentAt = Date.parse(headers.get('date') ?? '')
  // Two headers are joined by a comma, and some servers say fractions.
  const seconds = header.match(/^\s*(\d+(\.\d+)?)\s*(,|$)/)?.[1]
  const ms = seconds
    ? Number(seconds) * 1_000
    : Date.parse(header) - (Number.isNaN(sentAt) ? now : sentAt)
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}

/** The promise, or the signal's reason when that comes first: not every `fetch` listens to its signal. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** Resolves after a while, on the client's clock; rejects when the client is closed before. */
export function pause(transport: Transport, delayMs: number): Promise<void> {
  if (transport.isClosed()) return Promise.reject(noAnswer('CLOSED', ''))
  return new Promise((resolve, reject) => {
    const waiting = after(delayMs, transport.options.scheduler).subscribe(() => {
      transport.pending.delete(end)
      resolve()
    })
    const end = (reason: RpcError): void => {
      waiting.unsubscribe()
      reject(reason)
    }
    transport.pending.add(end)
  })
}
