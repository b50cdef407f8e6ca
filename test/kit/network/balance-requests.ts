import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import {
  constants,
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2'
import { type Balancer, countTraffic, takeTurns } from './balancer.ts'
import { listenLocally } from './listening.ts'

/** Options of {@link balanceRequests}. */
export interface RequestBalancing {
  /** Takes HTTP/2 over TLS, as browsers speak it, besides HTTP/1.1. Default: HTTP/1.1 only. */
  http2?: { key: string; cert: string }
}

/**
 * Starts an HTTP balancer on a free port. It gives each request to the next upstream, also when
 * several come on one connection. A stream passes through unbuffered. If an upstream refuses, the
 * one after it gets the request. A request that was sent is not sent again: if its answer is lost,
 * or if all upstreams refuse, the answer is 502.
 *
 * @param upstreams the origins of the servers, which speak HTTP/1.1
 */
export async function balanceRequests(
  upstreams: readonly string[],
  { http2 }: RequestBalancing = {},
): Promise<Balancer> {
  const turns = takeTurns(upstreams)
  const counter = countTraffic()
  const answer = (request: Incoming, response: Outgoing): void => {
    const { method = 'GET', url = '/' } = request
    response.on('error', () => undefined)
    const pass = ([origin, ...others]: string[]): void => {
      if (origin === undefined) return refuse()
      const { hostname, port } = new URL(origin)
      const headers = forwarded(request)
      const upstream = httpRequest({ hostname, port, method, path: url, headers, agent: false })
      let isSent = false
      const onLeave = (): void => void upstream.destroy()
      response.once('close', onLeave)
      upstream.once('socket', (socket) =>
        socket.once('connect', () => {
          isSent = true
          counter.sent(origin)
          request.pipe(upstream)
        }),
      )
      upstream.once('response', (incoming) => {
        counter.answered(method, url, incoming.statusCode ?? 0)
        writeHead(response, incoming.statusCode ?? 502, passedOn(incoming.headers))
        incoming.on('error', () => cut(response))
        incoming.pipe(response as ServerResponse)
      })
      upstream.on('error', () => {
        response.off('close', onLeave)
        if (response.headersSent) cut(response)
        else if (isSent) refuse()
        else if (!response.destroyed) pass(others)
      })
    }
    const refuse = (): void => {
      if (response.destroyed) return
      counter.answered(method, url, 502)
      writeHead(response, 502, { 'content-type': 'text/plain' })
      response.end('Bad Gateway')
    }
    pass(turns())
  }
  const server = http2
    ? createSecureServer({ ...http2, allowHTTP1: true }, answer)
    : // Longer than any client keeps a connection, so that none is closed under a request.
      createServer({ keepAliveTimeout: 75_000, requestTimeout: 0 }, answer)
  const { port, close } = await listenLocally(server)
  return {
    url: `${http2 ? 'https' : 'http'}://localhost:${port}`,
    traffic: async () => structuredClone(counter.traffic),
    close,
  }
}

type Incoming = IncomingMessage | Http2ServerRequest
type Outgoing = ServerResponse | Http2ServerResponse

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'te', 'upgrade'])

/** The headers without those of one hop, and without the pseudo headers of HTTP/2. */
function passedOn(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = Object.entries(headers).filter(
    ([name]) => !hopByHop.has(name) && !name.startsWith(':'),
  )
  return Object.fromEntries(kept)
}

function forwarded({ headers, socket }: Incoming): IncomingHttpHeaders {
  const host = headers.host ?? String(headers[':authority'])
  return { ...passedOn(headers), host, 'x-forwarded-for': socket.remoteAddress }
}

/** The two kinds of responses take the same arguments, but TypeScript cannot call their union. */
function writeHead(response: Outgoing, status: number, headers: IncomingHttpHeaders): void {
  ;(response as ServerResponse).writeHead(status, headers)
  // HTTP/1.1 sends the head with the first bytes of the body, for which a stream may wait long.
  if ('flushHeaders' in response) response.flushHeaders()
}

/** Ends an answer in the middle, so that the client sees that it is not whole. */
function cut(response: Outgoing): void {
  if ('stream' in response) response.stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  else response.destroy()
}
