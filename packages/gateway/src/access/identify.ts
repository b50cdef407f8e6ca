import type { Logger } from 'pino'
import { isInstance } from '../describe-error.ts'
import { Unauthorized } from '../errors.ts'
import { invalidToken } from '../refusals/access.ts'
import type { AuthOptions } from './auth-options.ts'
import { fromJwt } from './jwt.ts'
import {
  type Authenticate,
  type AuthRequest,
  InvalidIdentity,
  type Principal,
  toPrincipal,
} from './principal.ts'

/**
 * The function that authenticates requests; `null` without `auth`: then every client is anonymous.
 */
export async function toAuthenticate(auth: AuthOptions | undefined): Promise<Authenticate | null> {
  if (!auth) return null
  return 'jwt' in auth ? fromJwt(auth.jwt) : auth.authenticate
}

/**
 * The sender of a request. Throws 401, in envelope A, when the request is authenticated wrongly.
 */
export async function identify(
  authenticate: Authenticate,
  request: AuthRequest,
  now: number,
  logger: Logger,
): Promise<Principal | null> {
  try {
    const principal = toPrincipal(await authenticate(request), now)
    if (principal && principal.expiresAt <= now) throw invalidToken()
    return principal
  } catch (error) {
    if (isInstance(error, InvalidIdentity))
      logger.warn({ err: error }, 'a request was answered 401')
    throw isInstance(error, Unauthorized) ? invalidToken(error) : error
  }
}
