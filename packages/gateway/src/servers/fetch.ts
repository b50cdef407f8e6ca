import type { HttpContext } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import type { ApiRequest } from '../messages/api-request.ts'
import type { Reply } from '../messages/reply.ts'
import { bodyAlreadyRead } from '../refusals/requests.ts'
import { toStreamBody } from './fetch-stream.ts'
import { piecesOf } from './pieces.ts'

/** The facts about a request that `Request` does not contain. */
export interface FetchInfo {
  /**
   * The address it comes from: limits per address, and tickets, need it. A gateway without `auth`
   * answers this machine alone, and refuses requests without one unless `NODE_ENV` is `development`
   * or `test`.
   */
  ip?: string | undefined
}

/** A request handler as Hono, and every server that speaks `Request` and `Response`, takes it. */
export type FetchHandler = (request: Request, info?: FetchInfo) => Promise<Response>

/** A handler of `Request` and `Response`. Every request is answered. */
export function createFetchHandler(context: HttpContext): FetchHandler {
  return async (request, info) => {
    const body = { isCut: false }
    const reply = await handle(context, toApiRequest(request, body, info))
    const response = toResponse(request, reply)
    // The rest of a refused body is not read: the connection cannot be used again.
    if (body.isCut) response.headers.set('Connection', 'close')
    return response
  }
}

function toApiRequest(
  request: Request,
  body: { isCut: boolean },
  { ip = '' }: FetchInfo = {},
): ApiRequest {
  const { pathname, search, host } = new URL(request.url)
  const headers = new Headers(request.headers)
  if (!headers.has('host')) headers.set('host', host)
  return {
    method: request.method,
    url: pathname + search,
    headers,
    header: (name) => headers.get(name),
    remoteAddress: ip,
    isUnixSocket: false,
    isGone: () => request.signal.aborted,
    chunks() {
      if (request.bodyUsed || request.body?.locked) throw bodyAlreadyRead()
      return chunksOf(request, body)
    },
  }
}

async function* chunksOf({ body }: Request, state: { isCut: boolean }): AsyncGenerator<Uint8Array> {
  if (!body) return
  const reader = body.getReader()
  state.isCut = true
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      yield chunk.value
    }
    state.isCut = false
  } finally {
    reader.releaseLock()
  }
}

function toResponse({ method, signal }: Request, reply: Reply): Response {
  if (reply.type === 'stream') {
    return new Response(toStreamBody(reply.open, signal), { headers: reply.headers })
  }
  if (reply.type === 'file') {
    const { status, headers, file } = reply
    return new Response(toFileBody(file), { status, headers })
  }
  const { status, headers, body, settled, closed } = reply
  // `Response` has no event for this: after this turn the answer is on its way.
  if (settled) setImmediate(settled, true)
  if (closed) setImmediate(closed)
  const isEmpty = status === 204 || method === 'HEAD'
  return new Response(isEmpty ? null : body, { status, headers })
}

function toFileBody(file: Blob): ReadableStream<Uint8Array> {
  const pieces = piecesOf(file)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })
}
