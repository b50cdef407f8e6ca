import { isRecord, parseJson } from '../protocol/json.ts'

/**
 * Whether two tokens speak for the same user, as far as a client can tell: a renewed JWT has the subject and the
 * issuer of the one before. Tokens that cannot be read count as the same user's: the server knows better, and
 * says so (`SESSION_PRINCIPAL_MISMATCH`). `null` is nobody.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-4.1
 */
export function isSamePrincipal(a: string | null, b: string | null): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  const [was, is] = [principalOf(a), principalOf(b)]
  return was === null || is === null || was === is
}

/**
 * Whether the stream that `used` opened is of no use to the user of `token`: any other token is another user's where
 * that `isSaid`. `undefined` before a token was used: the stream takes whatever it is given.
 */
export function isOtherUser(
  used: string | null | undefined,
  token: string | null,
  isSaid: boolean,
): boolean | undefined {
  if (used === undefined) return undefined
  return isSaid ? token !== used : !isSamePrincipal(token, used)
}

/** When a token ends, in epoch milliseconds; `null` of what is no JWT, or does not say. */
export function endOf(token: string): number | null {
  const exp = claimsOf(token)?.exp
  return typeof exp === 'number' ? exp * 1_000 : null
}

/** The subject and its issuer; `null` of what is no JWT, or names no subject. */
function principalOf(token: string): string | null {
  const claims = claimsOf(token)
  return claims?.sub === undefined ? null : JSON.stringify([claims.iss, claims.sub])
}

/** What a JWT says; `null` of what is none. */
function claimsOf(token: string): Record<string, unknown> | null {
  const [, payload, signature] = token.split('.')
  if (payload === undefined || signature === undefined) return null
  const claims = parseJson(fromBase64Url(payload))
  return isRecord(claims) ? claims : null
}

/** [RFC 4648, 5] its bytes as characters: enough to compare them. */
function fromBase64Url(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
