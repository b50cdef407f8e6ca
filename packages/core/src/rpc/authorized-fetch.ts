import { parseEnvelope } from '../protocol/envelopes.ts'
import { isSamePrincipal } from './principal.ts'
import { noAnswer, type Transport } from './transport.ts'

/** The codes that mean that a session is over, not that a token is. */
export const sessionCodes: ReadonlySet<string> = new Set([
  'SESSION_NOT_FOUND',
  'INVALID_SESSION_SECRET',
  'SESSION_PRINCIPAL_MISMATCH',
])

/**
 * The application's `fetch` with its token. A token that is refused (401) is renewed once and the
 * request sent again with the new one, as long as it is the same user's; a second 401 is the answer. Rejects with `RpcError` of the
 * code `TOKEN` when the application has none to give, `NETWORK` when no answer came.
 *
 * @param onSent told the token of each request, `undefined` while another one is asked for
 */
export async function authorizedFetch(
  { options, token, capabilities }: Transport,
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

async function isAboutSession(response: Response): Promise<boolean> {
  const answer = parseEnvelope(
    await response
      .clone()
      .json()
      .catch(() => null),
  )
  return !(answer instanceof Error) && !answer.success && sessionCodes.has(answer.error.code)
}
