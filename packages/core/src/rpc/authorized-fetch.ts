import { parseEnvelope } from '../protocol/envelopes.ts'
import { isSamePrincipal } from './principal.ts'
import { noAnswer, type Transport } from './transport.ts'

/** These error codes mean that a session is over. They say nothing about the token. */
export const sessionCodes: ReadonlySet<string> = new Set([
  'SESSION_NOT_FOUND',
  'INVALID_SESSION_SECRET',
  'SESSION_PRINCIPAL_MISMATCH',
])

/** Options of {@link authorizedFetch}. */
export interface Sending {
  /** Receives the token of each request, and `undefined` while a new token is requested. */
  onSent?(token: string | null | undefined): void
  /** A POST that changes nothing: it may be sent again as another user. */
  isRead?: boolean
}

/**
 * Sends a request with the application's `fetch` and token. After a 401 it renews the token once
 * and sends the request again, and returns a second 401. It does not send a POST again as another
 * user. Rejects with an `RpcError`: code `TOKEN` when `token()` fails, `NETWORK` when no answer
 * came.
 */
export async function authorizedFetch(
  { options, token, capabilities }: Transport,
  url: string,
  init: RequestInit,
  { onSent = () => undefined, isRead = (init.method ?? 'GET') === 'GET' }: Sending = {},
): Promise<Response> {
  const send = async (value: string | null): Promise<Response> => {
    const headers = {
      ...(init.headers as object),
      ...(value && { authorization: `Bearer ${value}` }),
    }
    // The caller may have aborted while the token was requested.
    init.signal?.throwIfAborted()
    onSent(value)
    const response = await options
      .fetch(url, { ...init, credentials: options.credentials, headers })
      .catch((cause: unknown) => {
        throw init.signal?.aborted ? init.signal.reason : noAnswer('NETWORK', url, cause)
      })
    capabilities.learnFrom(response.headers)
    return response
  }
  const orTokenError = (promise: Promise<string | null>): Promise<string | null> =>
    promise.catch((cause: unknown) => {
      throw noAnswer('TOKEN', url, cause)
    })
  const used = await orTokenError(token.ask())
  const response = await send(used)
  if (response.status !== 401 || (await isAboutSession(response))) return response
  onSent(undefined)
  const renewed = await orTokenError(token.renew(used))
  // Another user may have signed in: a POST of the previous user must not run as theirs.
  const isSafe = isRead || used === null || isSamePrincipal(used, renewed)
  if (renewed !== used && isSafe) return send(renewed)
  onSent(used)
  return response
}

async function isAboutSession(response: Response): Promise<boolean> {
  const answer = parseEnvelope(
    await response
      .clone()
      .json()
      .catch(() => null),
  )
  return !(answer instanceof Error) && !answer.success && sessionCodes.has(answer.error.code)
}
