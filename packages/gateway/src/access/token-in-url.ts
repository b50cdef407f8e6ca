import { tokenInUrl } from '../refusals/access.ts'
import type { Principal } from './principal.ts'

/**
 * The headers of a stream, with the token of its URL (`?token=…`) as `Authorization`. Forge's
 * released client opens streams that way, since the `EventSource` of browsers sends no headers.
 * `Authorization`, or a ticket, takes precedence over the URL's token.
 */
export function withTokenOfUrl(headers: Headers, url: string): Headers {
  const tokens = tokensIn(headers, url)
  if (tokens.length === 0) return headers
  const [token = ''] = tokens
  const extended = new Headers(headers)
  // An empty token, or several, become an empty one: it is checked and refused like any other.
  const isOne = tokens.length === 1 && /^[\x21-\x7e]+$/.test(token)
  extended.set('authorization', `Bearer ${isOne ? token : ''}`)
  return extended
}

/**
 * Throws when a stream with a token in its URL would be anonymous: every registration would be
 * refused then, and each job would look failed.
 */
export function checkNoTokenInUrl(
  principal: Principal | null,
  headers: Headers,
  url: string,
): void {
  if (principal || tokensIn(headers, url).length === 0) return
  throw tokenInUrl()
}

/** The tokens of a URL, unless other credentials take precedence. */
function tokensIn(headers: Headers, url: string): string[] {
  if (headers.has('authorization')) return []
  const { searchParams } = new URL(url, 'http://headway')
  return searchParams.has('ticket') ? [] : searchParams.getAll('token')
}
