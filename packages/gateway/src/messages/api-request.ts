/** A request, whichever door it came in by. */
export interface ApiRequest {
  method: string
  /** With the query: `/_api/events?ticket=…`. */
  url: string
  /** A header, by its name in lower case; `null` when the request has none. */
  header(name: string): string | null
  /** All of them, for others than us. */
  readonly headers: Headers
  /** Where it comes from; empty where the server does not see addresses, or there are none. */
  remoteAddress: string
  /** It came by a socket in this machine's file system, which has no address. */
  isUnixSocket: boolean
  /** Nobody waits for the answer any more. */
  isGone(): boolean
  /** The body, in pieces. */
  chunks(): AsyncIterable<Uint8Array>
}

/** Below which everything is. */
export const prefix = '/_api'

/** The path of a request without its query. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '/'
}

/** Whether a path is one of ours. */
export function isOurs(path: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`)
}
