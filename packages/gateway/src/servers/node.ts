import { IncomingMessage } from 'node:http'
import type { ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import type { HttpContext } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { type ApiRequest, isOurs, pathOf } from '../messages/api-request.ts'
import { abandon, type Reply } from '../messages/reply.ts'
import { bodyAlreadyRead } from '../refusals/requests.ts'
import { closeAfter } from './close-after.ts'
import { drainBody } from './drain-body.ts'
import { openStream } from './node-stream.ts'
import type { NodeRequest, NodeResponse } from './node-types.ts'
import { piecesOf } from './pieces.ts'
import { unreadMs, whenOver } from './when-over.ts'

/**
 * A request handler for `node:http`, `node:http2`, Express and Vite: paths outside `/_api` are
 * passed to `next`.
 */
export type NodeHandler = (request: NodeRequest, response: NodeResponse, next?: () => void) => void

/** A handler of `node:http` and `node:http2`. Every request is answered; none ends the process. */
export function createNodeHandler(context: HttpContext): NodeHandler {
  const onCut = (error: NodeJS.ErrnoException): void => {
    // Its reader went away.
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return
    context.options.logger.error({ err: error }, 'a file could not be read to its end')
  }
  const isLeaving = (): boolean => context.drain.retryAfterSecs() !== null
  return (request, response, next) => {
    const url = urlOf(request)
    if (next && !isOurs(pathOf(url))) return next()
    handle(context, new NodeApiRequest(request, url))
      .then((reply) => {
        if (isLeaving()) closeAfter(response)
        write(request, response, reply, onCut, isLeaving)
      })
      .catch((error: unknown) => {
        context.options.logger.error({ err: error }, 'an answer could not be written')
        response.destroy()
      })
  }
}

function write(
  request: NodeRequest,
  response: NodeResponse,
  reply: Reply,
  onCut: (error: NodeJS.ErrnoException) => void,
  isLeaving: () => boolean,
): void {
  // It went away in the middle of its request.
  if (isGone(response)) return abandon(reply)
  if ('stream' in response) endWithReader(response.stream)
  if (!request.complete && reply.type !== 'stream') drainBody(request)
  if (reply.type === 'whole') {
    const { status, headers, body, settled, closed } = reply
    if (closed) {
      whenOver(response, closed)
      // A reader that does not read would keep its answer in memory for ever.
      response.setTimeout(unreadMs, () => response.destroy())
    }
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) })
    // As text it leaves in one write with its head.
    return void response.end(body, settled && settleOnce(response, settled))
  }
  if (reply.type === 'file') {
    const { status, headers, file } = reply
    response.setTimeout(unreadMs, () => response.destroy())
    response.writeHead(status, { ...headers, 'Content-Length': file.size })
    return void pipeline(Readable.from(piecesOf(file)), response, (error) => {
      if (error) onCut(error)
    })
  }
  response.writeHead(200, reply.headers)
  openStream(response, reply.open, () => {
    if (isLeaving()) closeAfter(response)
  })
}

/** A callback for the end of the answer: its connection may close before. */
function settleOnce(response: NodeResponse, settled: (isSent: boolean) => void): () => void {
  let isSettled = false
  const settle = (isSent: boolean): void => {
    if (isSettled) return
    isSettled = true
    settled(isSent)
  }
  whenOver(response, () => settle(false))
  return () => settle(true)
}

/** Responses of HTTP/2 have no `destroyed`, and lose their stream when it ends. */
function isGone(response: NodeResponse): boolean {
  if (!('stream' in response)) return response.destroyed
  const stream: ServerHttp2Stream | undefined = response.stream
  return !stream || stream.destroyed || stream.aborted
}

/**
 * Node never closes a stream that its reader resets with NO_ERROR while something is still to be
 * written.
 */
function endWithReader(stream: ServerHttp2Stream): void {
  stream.once('aborted', () => stream.destroy())
}

/** A class, since every request is one. */
class NodeApiRequest implements ApiRequest {
  readonly method: string
  readonly url: string
  readonly remoteAddress: string
  readonly isUnixSocket: boolean
  readonly #request: NodeRequest
  readonly #socket: Socket | undefined

  constructor(request: NodeRequest, url: string) {
    const { method = 'GET', socket } = request
    this.method = method
    this.url = url
    this.isUnixSocket = isUnixSocket(socket)
    this.remoteAddress = this.isUnixSocket ? '' : (socket?.remoteAddress ?? 'unknown')
    this.#request = request
    this.#socket = socket
  }

  header(name: string): string | null {
    const { headers } = this.#request
    // [RFC 9113, 8.3.1] ":authority" is the `Host` of HTTP/2
    const value = headers[name] ?? (name === 'host' ? headers[':authority'] : null) ?? null
    return Array.isArray(value) ? value.join(', ') : value
  }

  /** Made on demand: most requests are answered without it. */
  get headers(): Headers {
    return toHeaders(this.#request)
  }

  isGone(): boolean {
    return this.#socket?.destroyed ?? true
  }

  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
    const request = this.#request
    if (request.readableDidRead) throw bodyAlreadyRead()
    // Most bodies have arrived with their head: to wait for more costs more than to read them.
    if (request instanceof IncomingMessage && isAllThere(request)) {
      const all: Uint8Array | null = request.read()
      request.resume()
      return all ? [all] : []
    }
    // Not destroyed on an early return: the refusal still has to go out on the same socket.
    return request.iterator({ destroyOnReturn: false })
  }
}

/**
 * The URL of a request as the client sent it. Express and Connect take the path of a mount away, as
 * in `app.use('/_api', gateway.node)`.
 */
function urlOf(request: NodeRequest): string {
  const { url = '/' } = request
  const whole = 'originalUrl' in request ? request.originalUrl : null
  if (typeof whole !== 'string' || whole === url || !whole.endsWith(url)) return url
  return !isOurs(pathOf(url)) && isOurs(pathOf(whole)) ? whole : url
}

function isAllThere({ headers, readableLength }: IncomingMessage): boolean {
  return headers['content-length'] === String(readableLength)
}

/**
 * A connection that was reset has no remote address either, but still has a local one: it must not
 * count as a socket of the file system.
 */
function isUnixSocket(socket: Socket | undefined): boolean {
  if (!socket || socket.destroyed) return false
  return socket.remoteAddress === undefined && socket.localAddress === undefined
}

/** Pseudo-headers of HTTP/2 begin with a colon, which `Headers` refuses. */
function toHeaders({ headers }: NodeRequest): Headers {
  const pairs = Object.entries(headers).flatMap(([name, value = '']): [string, string][] => {
    if (name.startsWith(':')) return []
    return Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]]
  })
  return new Headers(pairs)
}
