import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'

/** A `fetch` that speaks HTTP/2, which Node's own does not by default. */
export interface Http2Fetch {
  fetch: typeof globalThis.fetch
  /** Ends its connections. */
  close(): void
}

/**
 * Creates a `fetch` with connections of its own. Like a browser, it sends all requests to an
 * origin on one connection, and opens another one once that is closed.
 *
 * @param ca the certificate to trust
 */
export function createHttp2Fetch({ ca }: { ca: string }): Http2Fetch {
  const sessions = new Map<string, ClientHttp2Session>()
  const sessionOf = (origin: string): ClientHttp2Session => {
    const current = sessions.get(origin)
    if (current && !current.closed && !current.destroyed) return current
    const session = connect(origin, { ca })
    // Every request on it fails as well, and says so.
    session.on('error', () => undefined)
    sessions.set(origin, session)
    return session
  }
  return {
    async fetch(input, init) {
      const request = new Request(input, init)
      const { method, signal, headers } = request
      const body = Buffer.from(await request.arrayBuffer())
      signal.throwIfAborted()
      const { origin, pathname, search } = new URL(request.url)
      const stream = sessionOf(origin).request(
        { ...Object.fromEntries(headers), ':method': method, ':path': `${pathname}${search}` },
        { endStream: body.length === 0, signal },
      )
      if (body.length > 0) stream.end(body)
      return toResponse(stream)
    },
    close() {
      for (const session of sessions.values()) session.destroy()
    },
  }
}

/** Resolves once the head of the answer is there. */
function toResponse(stream: ClientHttp2Stream): Promise<Response> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown): void => reject(new TypeError('fetch failed', { cause }))
    stream.on('error', fail)
    // A connection that ends closes its streams without an error.
    stream.once('close', () => fail(new Error(`closed with code ${stream.rstCode}`)))
    stream.once('response', (answered) => {
      const status = answered[':status'] ?? 0
      const headers = new Headers()
      for (const [name, value] of Object.entries(answered)) {
        if (!name.startsWith(':') && value !== undefined) headers.set(name, String(value))
      }
      if (status === 204 || status === 304) {
        stream.close(constants.NGHTTP2_NO_ERROR)
        return resolve(new Response(null, { status, headers }))
      }
      const body = Readable.toWeb(stream) as NodeStream<Uint8Array> as ReadableStream<Uint8Array>
      resolve(new Response(body, { status, headers }))
    })
  })
}
