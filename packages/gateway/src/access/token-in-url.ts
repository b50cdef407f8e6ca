import { tokenInUrl } from '../refusals/access.ts'
import type { Principal } from './principal.ts'

/**
 * The headers of a stream whose URL says who asks, `?token=…`, as if they had said so. Forge's released client
 * opens its streams that way, since the `EventSource` of browsers sends no headers. What the request says in
 * `Authorization` or by a ticket wins: the URL's token is then not looked at.
 */
export function withTokenOfUrl(headers: Headers, url: string): Headers {
  const tokens = tokensIn(headers, url)
  if (tokens.length === 0) return headers
  const [token = ''] = tokens
  const extended = new Headers(headers)
  // What is none, or more than one, is no token: it is checked, and refused, as any other.
  const isOne = tokens.length === 1 && /^[\x21-\x7e]+$/.test(token)
  extended.set('authorization', `Bearer ${isOne ? token : ''}`)
  return extended
}

/**
 * Throws where a stream would be anonymous although its URL says who asks: every registration would be refused
 * then, and each job look failed.
 */
export function checkNoTokenInUrl(
  principal: Principal | null,
  headers: Headers,
  url: string,
): void {
  if (principal || tokensIn(headers, url).length === 0) return
  throw tokenInUrl()
}

/** What a URL says of its sender, where nothing that wins over it does. */
function tokensIn(headers: Headers, url: string): string[] {
  if (headers.has('authorization')) return []
  const { searchParams } = new URL(url, 'http://headway')
  return searchParams.has('ticket') ? [] : searchParams.getAll('token')
}
