import { RpcError } from '../errors.ts'
import { parseEnvelope, parseErrorBody } from '../protocol/envelopes.ts'
import { parseJson } from '../protocol/json.ts'
import { after } from '../time/after.ts'
import { authorizedFetch } from './authorized-fetch.ts'
import { tokenTimeout } from './token.ts'
import { noAnswer, type Transport } from './transport.ts'

/** One request to the API of the server. */
export interface ApiRequest {
  method: 'GET' | 'POST'
  /** Below `/_api`, such as `/subscribe-job`. */
  path: string
  /** Sent as JSON, or as it is if it is a form. */
  body?: unknown
  headers?: Record<string, string>
  /** Aborts the request: the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined
  /**
   * The time limit of the whole request, in milliseconds. Default: the client's `callTimeoutMs`.
   */
  timeoutMs?: number | undefined
  /**
   * Receives the token that the request is sent with, and `undefined` while a new one is requested.
   * If it throws, the request rejects with that error.
   */
  onSent?: ((token: string | null | undefined) => void) | undefined
}

/** The answer to a request. Only query results have a `revision`. */
export interface Answer {
  data: unknown
  revision?: number
}

/**
 * Sends one request and returns the content of the answer's envelope. Rejects with
 * {@link RpcError}: the server's code, `NETWORK` when no answer came, `TIMEOUT` when none came in
 * time, `HTTP_<status>` when the answer is not an envelope, such as a proxy's page.
 *
 * @see PROTOCOL.md, "Envelopes"
 */
export async function request(transport: Transport, apiRequest: ApiRequest): Promise<Answer> {
  const { options } = transport
  const { method, path, body, signal, timeoutMs = options.callTimeoutMs } = apiRequest
  const url = `${options.url}/_api${path}`
  const controller = new AbortController()
  const end = (reason: RpcError): void => controller.abort(reason)
  const abort = (): void => controller.abort(signal?.reason)
  // A time-out before the request is sent is the fault of `token()`.
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
        { method, ...toBody(body, apiRequest.headers), signal: controller.signal },
        {
          onSent(token) {
            apiRequest.onSent?.(token)
            isSent = token !== undefined
          },
        },
      ),
      controller.signal,
    )
    const read = <T>(reading: Promise<T>): Promise<T> =>
      abortable(reading, controller.signal).catch((cause: unknown) => {
        // The body was cut off, so the answer is unknown.
        throw controller.signal.aborted ? cause : noAnswer('NETWORK', url, cause)
      })
    if (response.headers.get('x-headway-answer') === 'blob') {
      return { data: toFile(await read(response.blob()), response.headers) }
    }
    const json = parseJson(await read(response.text()))
    const answer = parseEnvelope(json)
    if (!(answer instanceof Error) && answer.success) {
      options.clock.hear(answer.now)
      return { data: answer.data, ...answer }
    }
    const error = answer instanceof Error ? json : answer.error
    throw toRpcError(response, error, `${method} ${url}`, options.scheduler.now())
  } finally {
    timeout.unsubscribe()
    transport.pending.delete(end)
    signal?.removeEventListener('abort', abort)
  }
}

/** [RFC 6266] A `File` if the header has a name for it. */
function toFile(blob: Blob, headers: Headers): Blob {
  const name = headers.get('content-disposition')?.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  if (!name) return blob
  return new File([blob], decodeURIComponent(name), { type: blob.type })
}

/**
 * [PROTOCOL.md, "Uploads"] The header of a form protects from cross-site requests, and is on the
 * CORS list of Forge.
 */
function toBody(body: unknown, headers: object | undefined): Pick<RequestInit, 'body' | 'headers'> {
  if (body === undefined) return { headers: { ...headers } }
  if (body instanceof FormData) return { body, headers: { ...headers, 'x-forge-platform': 'web' } }
  return {
    body: JSON.stringify(body),
    headers: { ...headers, 'content-type': 'application/json' },
  }
}

/**
 * The error of a refused request or stream.
 *
 * @param body parsed JSON: the error of an envelope, a bare error, or anything else
 * @param sent the request for the message, such as `GET https://…`
 * @param now epoch milliseconds, to convert a date in `Retry-After`
 */
export function toRpcError(
  response: { status: number; headers: Headers },
  body: unknown,
  sent: string,
  now: number,
): RpcError {
  const { status, headers } = response
  const error = parseErrorBody(body)
  const seconds = error?.retry_after_secs
  return new RpcError(error?.message ?? `${sent} answered ${status} with an unknown body`, {
    code: error?.code ?? `HTTP_${status}`,
    status,
    retryAfterMs:
      toMilliseconds(headers, now) ?? (seconds === undefined ? null : Math.max(0, seconds * 1_000)),
    details: error?.details,
  })
}

/**
 * [spec] Retry-After = HTTP-date / delay-seconds (RFC 9110, 10.2.3). A date is compared with the
 * answer's `Date` if there is one: the device's clock may be wrong.
 */
function toMilliseconds(headers: Headers, now: number): number | null {
  const header = headers.get('retry-after')
  if (!header) return null
  const sentAt = Date.parse(headers.get('date') ?? '')
  // Repeated headers are joined by a comma, and some servers send fractions.
  const seconds = header.match(/^\s*(\d+(\.\d+)?)\s*(,|$)/)?.[1]
  const ms = seconds
    ? Number(seconds) * 1_000
    : Date.parse(header) - (Number.isNaN(sentAt) ? now : sentAt)
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}

/**
 * Rejects with the signal's reason when the signal aborts, since not every `fetch` obeys its
 * signal.
 */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** Resolves after `delayMs` on the client's scheduler. Rejects when the client is closed. */
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
