import { RpcError } from '../errors.ts'
import type { ResolvedOptions } from '../options.ts'
import { parseEnvelope, parseErrorBody } from '../protocol/envelopes.ts'

/** One request to the server. */
export interface ApiRequest {
  method: 'GET' | 'POST'
  /** Below `/_api`, such as `/subscribe-job`. */
  path: string
  body?: unknown
  signal?: AbortSignal
}

/** The part of the options that a request needs. */
export type RequestOptions = Pick<ResolvedOptions, 'url' | 'fetch'>

/**
 * Sends one request and returns the `data` of its envelope. Rejects with {@link RpcError}: the
 * server's code, `NETWORK` when no answer came, `HTTP_<status>` when the answer was not ours (a
 * proxy's page, say).
 *
 * @see PROTOCOL.md, "Envelopes"
 */
export async function request(options: RequestOptions, api: ApiRequest): Promise<unknown> {
  const { method, path, body, signal } = api
  const what = `${method} /_api${path}`
  const response = await options
    .fetch(`${options.url}/_api${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
    .catch((cause: unknown) => {
      throw new RpcError(
        `${what} got no answer: is the server reachable?`,
        { code: 'NETWORK', status: null, retryAfterMs: null, details: null },
        { cause },
      )
    })
  const answer = parseEnvelope(await readJson(response))
  if (!(answer instanceof Error) && answer.success) return answer.data
  throw await toRpcError(response, answer instanceof Error ? null : answer.error, what)
}

/** What a refusal says, whichever of its shapes it came in. Used for streams, too. */
export function toRpcError(
  response: { status: number; headers: Headers },
  body: unknown,
  what: string,
): RpcError {
  const { status, headers } = response
  const error = parseErrorBody(body)
  return new RpcError(error?.message ?? `${what} answered ${status} with a body that is not ours`, {
    code: error?.code ?? `HTTP_${status}`,
    status,
    retryAfterMs: toMilliseconds(headers.get('retry-after')) ?? inMs(error?.retry_after_secs),
    details: error?.details ?? null,
  })
}

/** Parsed JSON, or `undefined` for a body that is none. */
export async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

/** [spec] Retry-After = HTTP-date / delay-seconds (RFC 9110, 10.2.3); the date form is left to the envelope. */
function toMilliseconds(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : null
}

function inMs(seconds: number | undefined): number | null {
  return seconds === undefined ? null : seconds * 1_000
}
