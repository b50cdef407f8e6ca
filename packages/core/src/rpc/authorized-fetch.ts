import { RpcError } from '../errors.ts'
import type { ResolvedOptions } from '../options.ts'
import { parseEnvelope } from '../protocol/envelopes.ts'
import { textOf } from '../text-of.ts'
import type { Capabilities } from './capabilities.ts'
import { connectionLimitHint } from './connection-limit.ts'
import { isSamePrincipal } from './principal.ts'
import type { Token } from './token.ts'

/** The codes that mean that a session is over, not that a token is. */
export const sessionCodes: ReadonlySet<string> = new Set([
  'SESSION_NOT_FOUND',
  'INVALID_SESSION_SECRET',
  'SESSION_PRINCIPAL_MISMATCH',
])

/** What reaches the server: its address, and the application's `fetch` and token. */
export interface Api {
  options: ResolvedOptions
  token: Token
  /** What the server can do, as far as it has said so. */
  capabilities: Capabilities
  /** Whether the client is closed: then nothing is tried again. */
  isClosed(): boolean
  /** How to end what is under way when the client is closed. */
  pending: Set<(reason: RpcError) => void>
}

/**
 * The application's `fetch` with its token. A token that is refused (401) is renewed once and the
 * request sent again with the new one, as long as it is the same user's; a second 401 is the answer. Rejects with `RpcError` of the
 * code `TOKEN` when the application has none to give, `NETWORK` when no answer came.
 *
 * @param onSent told the token of each request, `undefined` while another one is asked for
 */
export async function authorizedFetch(
  { options, token, capabilities }: Api,
  url: string,
  init: RequestInit,
  onSent: (token: string | null | undefined) => void = () => undefined,
): Promise<Response> {
  const send = async (value: string | null): Promise<Response> => {
    const headers = {
      ...(init.headers as object),
      ...(value && { authorization: `Bearer ${value}` }),
    }
    // Given up while the token was asked for: then nothing is sent.
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
  const asked = (promise: Promise<string | null>): Promise<string | null> =>
    promise.catch((cause: unknown) => {
      throw noAnswer('TOKEN', url, cause)
    })
  const used = await asked(token.ask())
  const response = await send(used)
  if (response.status !== 401 || (await isAboutSession(response))) return response
  onSent(undefined)
  const renewed = await asked(token.renew(used))
  // What somebody asked to be done is not done in the name of whoever has signed in since.
  const isOurs = (init.method ?? 'GET') === 'GET' || used === null || isSamePrincipal(used, renewed)
  if (renewed !== used && isOurs) return send(renewed)
  onSent(used)
  return response
}

const reasons = {
  NETWORK: 'No answer from',
  TIMEOUT: 'No answer in time from',
  TOKEN: 'The token() option failed, nothing was sent to',
  CLOSED: 'The client was closed before there was an answer',
}

/** Why there is no answer of the server's, in a form that callers can tell apart. */
export function noAnswer(code: keyof typeof reasons, url: string, cause?: unknown): RpcError {
  const hint = code === 'TIMEOUT' ? connectionLimitHint(url) : ''
  const why = cause === undefined ? hint : `: ${textOf(cause)}`
  return new RpcError(`${reasons[code]}${url && ` ${url}`}${why}`, { code }, { cause })
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
