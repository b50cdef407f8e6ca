/** A request, whatever kind of server received it. */
export interface ApiRequest {
  method: string
  /** With the query: `/_api/events?ticket=…`. */
  url: string
  /** A header, by its name in lower case; `null` when the request has none. */
  header(name: string): string | null
  /** All of them, for others than us. */
  readonly headers: Headers
  /**
   * The address of the sender; empty where the server does not see addresses, or there are none.
   */
  remoteAddress: string
  /** It came by a socket in this machine's file system, which has no address. */
  isUnixSocket: boolean
  /** The client has gone: no answer is needed. */
  isGone(): boolean
  /** The body, in pieces. */
  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/** The prefix of all paths of the gateway. */
export const prefix = '/_api'

/** The path of a request without its query. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '/'
}

/** The path belongs to the gateway. */
export function isOurs(path: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`)
}
