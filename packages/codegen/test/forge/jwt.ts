import { createHmac } from 'node:crypto'

/** The settings of `forge.toml` for tokens. */
export const jwtSettings = {
  JWT_SECRET: 'a secret of the tests, which keeps nothing',
  JWT_AUDIENCE: 'forge-app',
}

/** The claims of a token. */
export interface Claims {
  /** A UUID: Forge keeps runs by it. */
  sub: string
  /** Default none. */
  roles?: string[]
  /** When it ends, in seconds since 1970. Default an hour from now. */
  exp?: number
}

/** A token that the app takes, signed by HS256. */
export function signJwt(claims: Claims): string {
  const now = Math.floor(Date.now() / 1_000)
  const audience = jwtSettings.JWT_AUDIENCE
  const payload = { roles: [], iat: now, exp: now + 3_600, aud: audience, ...claims }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`
  return `${signed}.${createHmac('sha256', jwtSettings.JWT_SECRET).update(signed).digest('base64url')}`
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
