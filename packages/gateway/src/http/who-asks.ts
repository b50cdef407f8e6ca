import { clientIp } from '../access/client-ip.ts'
import { identify } from '../access/identify.ts'
import { whyNotLocal } from '../access/local-only.ts'
import type { Asker } from '../access/principal.ts'
import { checkNoTokenInUrl, withTokenOfUrl } from '../access/token-in-url.ts'
import type { ApiRequest } from '../messages/api-request.ts'
import { notLocal } from '../refusals/access.ts'
import type { HttpContext } from './context.ts'

/**
 * The sender of a request. Throws an {@link HttpError}: 401 for invalid credentials; 403 without
 * `auth`, when the request comes from another machine.
 *
 * @param isStream its URL may carry a token: 400 unless `auth.tokenInUrl` is set
 */
export async function whoAsks(
  context: HttpContext,
  request: ApiRequest,
  isStream: boolean,
): Promise<Asker> {
  const { authenticate, options } = context
  const forwarded = request.header('x-forwarded-for') ?? undefined
  const ip = clientIp(request.remoteAddress, forwarded, options.trustProxy)
  if (!authenticate) {
    checkIsLocal(request, ip, forwarded)
    return { principal: null, ip }
  }
  if (forwarded !== undefined) context.noteForwarded()
  const { url } = request
  const mayBeInUrl = isStream && options.auth?.tokenInUrl === true
  const headers = mayBeInUrl ? withTokenOfUrl(request.headers, url) : request.headers
  const principal = await identify(authenticate, { headers, ip }, Date.now(), options.logger)
  if (isStream && !mayBeInUrl) checkNoTokenInUrl(principal, headers, url)
  return { principal, ip }
}

/** Throws for requests from another machine. @see whyNotLocal */
function checkIsLocal(request: ApiRequest, client: string, forwardedFor?: string): void {
  const { isUnixSocket, remoteAddress: peer } = request
  const host = request.header('host') ?? ''
  const isDevelopment = /^(development|test)$/.test(process.env.NODE_ENV ?? '')
  const refusal = whyNotLocal({ client, peer, isUnixSocket, forwardedFor, host }, isDevelopment)
  if (refusal !== null) throw notLocal(refusal)
}
