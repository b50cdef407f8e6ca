import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { type ApiRequest, isOurs, pathOf } from './api-request.ts'
import type { HttpContext } from './context.ts'
import { drainBody } from './drain-body.ts'
import { handle } from './handle.ts'
import { openStream } from './node-stream.ts'
import { piecesOf } from './pieces.ts'
import { abandon, type Reply } from './reply.ts'
import { whenOver } from './when-over.ts'

/** A request handler as `node:http`, Express and Vite take it: what is not below `/_api` goes to `next`. */
export type NodeHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: () => void,
) => void

/** How long an answer waits for a reader that takes none of it, in milliseconds. */
const unreadMs = 60_000

/** The door for `node:http`. Every request is answered; none ends the process. */
export function createNodeHandler(context: HttpContext): NodeHandler {
  const onCut = (error: NodeJS.ErrnoException): void => {
    // Its reader went away.
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return
    context.options.logger.error({ err: error }, 'a file could not be read to its end')
  }
  return (request, response, next) => {
    if (next && !isOurs(pathOf(request.url ?? '/'))) return next()
    handle(context, toApiRequest(request))
      .then((reply) => write(request, response, reply, onCut))
      .catch((error: unknown) => {
        context.options.logger.error({ err: error }, 'an answer could not be written')
        response.destroy()
      })
  }
}

function write(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  onCut: (error: NodeJS.ErrnoException) => void,
): void {
  // It went away in the middle of its request.
  if (response.destroyed) return abandon(reply)
  if (!request.complete && reply.type !== 'stream') drainBody(request)
  if (reply.type === 'whole') {
    const { status, headers, body, sent, closed } = reply
    if (closed) {
      whenOver(response, closed)
      // A reader that does not read would keep its answer in memory for ever.
      response.setTimeout(unreadMs, () => response.destroy())
    }
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) })
    // As text it leaves in one write with its head.
    return void response.end(body, sent)
  }
  if (reply.type === 'file') {
    const { status, headers, file } = reply
    response.writeHead(status, { ...headers, 'Content-Length': file.size })
    return void pipeline(Readable.from(piecesOf(file)), response, (error) => {
      if (error) onCut(error)
    })
  }
  response.writeHead(200, reply.headers)
  openStream(response, reply.open)
}

function toApiRequest(request: IncomingMessage): ApiRequest {
  const { method = 'GET', url = '/', socket } = request
  return {
    method,
    url,
    header(name) {
      const value = request.headers[name] ?? null
      return Array.isArray(value) ? value.join(', ') : value
    },
    // Made for whoever wants them: most requests are answered without.
    get headers() {
      return toHeaders(request)
    },
    remoteAddress: socket?.remoteAddress ?? '',
    isGone: () => socket?.destroyed ?? true,
    // Not destroyed on an early return: the refusal still has to go out on the same socket.
    chunks: () => request.iterator({ destroyOnReturn: false }),
  }
}

function toHeaders({ headers }: IncomingMessage): Headers {
  const pairs = Object.entries(headers).flatMap(([name, value = '']): [string, string][] =>
    Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]],
  )
  return new Headers(pairs)
}
