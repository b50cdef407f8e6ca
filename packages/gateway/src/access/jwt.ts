import {
  type CryptoKey,
  createRemoteJWKSet,
  errors,
  importSPKI,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose'
import { ConfigurationError, HttpError, Unauthorized } from '../errors.ts'
import type { Authenticate, ClaimedIdentity } from './principal.ts'

/** How bearer tokens are checked: by exactly one of `secret`, `publicKey` and `jwks`. */
export interface JwtOptions {
  /** HS256. At least 32 bytes. */
  secret?: string | undefined
  /** RS256: a public key, as PEM. */
  publicKey?: string | undefined
  /** RS256: where the issuer publishes its keys. */
  jwks?: string | URL | undefined
  /** What the token's `iss` has to be. */
  issuer?: string | undefined
  /** What the token's `aud` has to name. */
  audience?: string | undefined
  /** How far the clocks may be apart, in seconds. Default 60. */
  leewaySecs?: number
}

type Key = Uint8Array | CryptoKey | ReturnType<typeof createRemoteJWKSet>

/**
 * Checks `Authorization: Bearer …`. A token must have `sub`; its roles are in `roles`. Rejects with a
 * `ConfigurationError` about what cannot be.
 */
export async function fromJwt(options: JwtOptions): Promise<Authenticate> {
  const { algorithm, key } = await keyOf(options)
  const { issuer, audience, leewaySecs = 60 } = options
  const checks: JWTVerifyOptions = {
    algorithms: [algorithm],
    clockTolerance: leewaySecs,
    requiredClaims: ['sub'],
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  }
  return async ({ headers }) => {
    const header = headers.get('authorization')
    if (header === null) return null
    const token = /^Bearer (\S+)$/.exec(header)?.[1]
    if (!token) throw new Unauthorized('The Authorization header is no "Bearer <token>"')
    const { payload } = await verify(token, key, checks)
    return toIdentity(payload, leewaySecs)
  }
}

async function verify(
  token: string,
  key: Key,
  checks: JWTVerifyOptions,
): Promise<{ payload: JWTPayload }> {
  try {
    return typeof key === 'function'
      ? await jwtVerify(token, key, checks)
      : await jwtVerify(token, key, checks)
  } catch (error) {
    // The issuer's keys cannot be had: that says nothing of the token.
    const isAway =
      !(error instanceof errors.JOSEError) ||
      error instanceof errors.JWKSTimeout ||
      error.code === 'ERR_JOSE_GENERIC'
    if (!isAway) throw new Unauthorized('The token is not valid', { cause: error })
    throw new HttpError('The keys that tokens are checked with cannot be had: try again', {
      status: 503,
      code: 'SERVICE_UNAVAILABLE',
      retryAfterSecs: 5,
    })
  }
}

function toIdentity({ sub = '', roles, exp }: JWTPayload, leewaySecs: number): ClaimedIdentity {
  if (sub === '') throw new Unauthorized('The token names nobody')
  return {
    id: sub,
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    ...(exp !== undefined && { expiresAt: (exp + leewaySecs) * 1_000 }),
  }
}

async function keyOf({
  secret,
  publicKey,
  jwks,
}: JwtOptions): Promise<{ algorithm: string; key: Key }> {
  const given = Object.entries({ secret, publicKey, jwks }).filter(([, key]) => key !== undefined)
  if (given.length !== 1) {
    const has = given.map(([name]) => name).join(' and ') || 'none of them'
    throw new ConfigurationError(
      `auth.jwt needs exactly one of secret, publicKey and jwks, and has ${has}`,
    )
  }
  if (secret !== undefined) {
    const key = new TextEncoder().encode(secret)
    if (key.length >= 32) return { algorithm: 'HS256', key }
    throw new ConfigurationError(
      `auth.jwt.secret has ${key.length} bytes: give 32 or more, drawn at random`,
    )
  }
  if (publicKey !== undefined) {
    const key = await importSPKI(publicKey, 'RS256').catch((error: unknown) => {
      throw new ConfigurationError('auth.jwt.publicKey is no PEM of a public key', { cause: error })
    })
    return { algorithm: 'RS256', key }
  }
  if (!URL.canParse(String(jwks))) {
    throw new ConfigurationError(`auth.jwt.jwks is "${jwks}": give the URL of the issuer's keys`)
  }
  return { algorithm: 'RS256', key: createRemoteJWKSet(new URL(String(jwks))) }
}
