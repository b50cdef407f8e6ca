import { isRecord, parseJson } from '../protocol/json.ts'

/**
 * True if two tokens belong to the same user, as far as a client can tell: JWTs with equal subject
 * and issuer do. Tokens that cannot be read count as the same user's, because the server checks it
 * (`SESSION_PRINCIPAL_MISMATCH`). `null` means signed out.
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
 * True if the stream that `used` opened belongs to another user than `token`. `undefined` while the
 * stream has no token yet: it will use the new one.
 *
 * @param isChanged the application said that the user changed, so every other token is another
 *   user's
 */
export function isOtherUser(
  used: string | null | undefined,
  token: string | null,
  isChanged: boolean,
): boolean | undefined {
  if (used === undefined) return undefined
  return isChanged ? token !== used : !isSamePrincipal(token, used)
}

/** The expiry of a JWT, in epoch milliseconds; `null` without one, and for other tokens. */
export function endOf(token: string): number | null {
  const exp = claimsOf(token)?.exp
  return typeof exp === 'number' ? exp * 1_000 : null
}

/** Issuer and subject of a JWT as one text; `null` without a subject, and for other tokens. */
function principalOf(token: string): string | null {
  const claims = claimsOf(token)
  return claims?.sub === undefined ? null : JSON.stringify([claims.iss, claims.sub])
}

/** The claims of a JWT; `null` for other tokens. */
function claimsOf(token: string): Record<string, unknown> | null {
  const [, payload, signature] = token.split('.')
  if (payload === undefined || signature === undefined) return null
  const claims = parseJson(fromBase64Url(payload))
  return isRecord(claims) ? claims : null
}

/** [RFC 4648, 5] One character per byte, which is enough to compare claims. Empty if not base64. */
function fromBase64Url(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
