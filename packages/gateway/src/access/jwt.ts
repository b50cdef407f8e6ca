import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import { Unauthorized } from '../errors.ts'
import { keysUnavailable } from '../refusals/access.ts'
import { type JwtKeys, toJwtKeys } from './jwt-keys.ts'
import type { JwtOptions } from './jwt-options.ts'
import type { Authenticate, ClaimedIdentity } from './principal.ts'

/**
 * Checks `Authorization: Bearer …`. A token must have `sub` and `exp`. Its roles are in `roles`: a
 * list, or one text with spaces between them. Rejects with a `ConfigurationError` about a wrong
 * option.
 */
export async function fromJwt(options: JwtOptions): Promise<Authenticate> {
  const { algorithms, key } = toJwtKeys(options)
  const { issuer, audience, leewaySecs = 60, requireExp = true } = options
  const checks: JWTVerifyOptions = {
    algorithms,
    clockTolerance: leewaySecs,
    requiredClaims: ['sub', ...(requireExp ? ['exp'] : [])],
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  }
  return async ({ headers }) => {
    const header = headers.get('authorization')
    if (header === null) return null
    const token = /^Bearer (\S+)$/.exec(header)?.[1]
    if (!token) throw new Unauthorized('The Authorization header must be "Bearer <token>"')
    const { payload } = await verify(token, key, checks)
    return toIdentity(payload, leewaySecs)
  }
}

async function verify(
  token: string,
  key: JwtKeys['key'],
  checks: JWTVerifyOptions,
): Promise<{ payload: JWTPayload }> {
  try {
    return typeof key === 'function'
      ? await jwtVerify(token, key, checks)
      : await jwtVerify(token, key, checks)
  } catch (error) {
    // The keys cannot be read: the token may still be valid.
    const isAway =
      !(error instanceof errors.JOSEError) ||
      error instanceof errors.JWKSTimeout ||
      error.code === 'ERR_JOSE_GENERIC'
    if (!isAway) throw new Unauthorized('The token is not valid', { cause: error })
    throw keysUnavailable()
  }
}

/** The largest instant that there is, in epoch milliseconds. */
const latest = 8.64e15

function toIdentity({ sub, roles, exp }: JWTPayload, leewaySecs: number): ClaimedIdentity {
  return {
    id: sub as string,
    roles: toRoles(roles),
    ...(exp !== undefined && { expiresAt: Math.min(latest, (exp + leewaySecs) * 1_000) }),
  }
}

/**
 * [RFC 9068, 2.2.3.1; RFC 6749, 3.3] A list, or one text with spaces between them, like `scope`.
 */
function toRoles(roles: unknown): readonly string[] {
  if (typeof roles === 'string') return roles.split(' ').filter((role) => role !== '')
  return (roles ?? []) as readonly string[]
}
