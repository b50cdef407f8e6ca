import type { IncomingMessage, ServerResponse } from 'node:http'
import { clientIp } from '../access/client-ip.ts'
import { identify } from '../access/identify.ts'
import { HttpError, type Refusal } from '../errors.ts'
import { isDatabaseAway } from '../postgres/pools.ts'
import { readBody } from './body.ts'
import type { Asker, HttpContext } from './context.ts'
import { events } from './events.ts'
import { health, ready } from './health.ts'
import { refuse, respond, type Shape } from './respond.ts'
import { type Match, matchRoute } from './routes.ts'
import { rpc } from './rpc.ts'
import { cancelJob, readJob, retryJob } from './runs.ts'
import { subscribeBatch, subscribeJob, unsubscribe } from './subscribe.ts'
import { ticket } from './ticket.ts'

/** A request handler as `node:http`, Express and Vite take it: what is not below `/_api` goes to `next`. */
export type NodeHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: () => void,
) => void

const prefix = '/_api'

/** The door for `node:http`. Every request is answered; none ends the process. */
export function createNodeHandler(context: HttpContext): NodeHandler {
  return (request, response, next) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const isOurs = path === prefix || path.startsWith(`${prefix}/`)
    if (!isOurs && next) return next()
    const isPreflight =
      request.method === 'OPTIONS' && 'access-control-request-method' in request.headers
    const cors = context.cors(request.headers.origin ?? null, isPreflight)
    for (const [name, value] of Object.entries(cors)) response.setHeader(name, value)
    if (isPreflight) return void response.writeHead(204).end()
    const match: Match = isOurs
      ? matchRoute(request.method ?? 'GET', path.slice(prefix.length))
      : { type: 'notFound' }
    const shape = match.type === 'found' ? match.shape : 'A'
    answer(context, request, response, match).catch((error: unknown) => {
      // Nobody is left to answer: it went away in the middle of its request, or of our answer.
      if (response.headersSent || response.destroyed) return response.destroy()
      refuseWith(context, request, response, shape, error)
    })
  }
}

async function answer(
  context: HttpContext,
  request: IncomingMessage,
  response: ServerResponse,
  match: Match,
): Promise<void> {
  if (!context.authenticate) checkHost(request)
  const asker = await whoAsks(context, request)
  if (match.type === 'notFound') {
    throw new HttpError('There is no such path', { status: 404, code: 'NOT_FOUND' })
  }
  if (match.type === 'methodNotAllowed') {
    const { allow } = match
    throw new HttpError(`Use ${allow}`, { status: 405, code: 'METHOD_NOT_ALLOWED', allow })
  }
  const { shape, params } = match
  const { id = '' } = params
  const body = (): Promise<Record<string, unknown>> =>
    readBody(request, context.options.maxBodyBytes)
  const succeed = (data: unknown): void => respond(response, shape, { type: 'data', data })
  switch (match.name) {
    case 'rpc':
      checkAccept(request)
      return succeed(await rpc(context, asker, request.headers, params.name, await body()))
    case 'events':
      return events(context, asker, ticketOf(request), response)
    case 'ticket':
      return respond(response, shape, ticket(context, asker))
    case 'subscribeJob': {
      const { snapshot, answered } = await subscribeJob(context, asker, await body())
      return respond(response, shape, { type: 'data', data: snapshot }, answered)
    }
    case 'subscribeBatch': {
      const { answers, answered } = await subscribeBatch(context, asker, await body())
      return respond(response, shape, { type: 'data', data: answers }, answered)
    }
    case 'unsubscribe':
      unsubscribe(context, asker, await body())
      return respond(response, shape, { type: 'data' })
    case 'readJob':
      return succeed(await readJob(context, asker, id))
    case 'cancelJob':
      return succeed(await cancelJob(context, asker, id, await body()))
    case 'retryJob':
      await body()
      return succeed(await retryJob(context, asker, id))
    case 'signal':
      // Forge's clients send what users do, and send it again until this is answered with JSON.
      return respond(response, shape, { type: 'bare', status: 200, body: {} })
    case 'health':
      return respond(response, shape, health())
    case 'ready':
      return respond(response, shape, await ready(context))
  }
}

async function whoAsks(
  { authenticate, options }: HttpContext,
  request: IncomingMessage,
): Promise<Asker> {
  const forwarded = request.headers['x-forwarded-for']
  const forwardedFor = Array.isArray(forwarded) ? forwarded.join(',') : forwarded
  const ip = clientIp(request.socket.remoteAddress ?? '', forwardedFor, options.trustProxy)
  const headers = toHeaders(request)
  return { principal: await identify(authenticate, { headers, ip }, Date.now()), ip }
}

function toHeaders({ headers }: IncomingMessage): Headers {
  const pairs = Object.entries(headers).flatMap(([name, value = '']): [string, string][] =>
    Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]],
  )
  return new Headers(pairs)
}

function ticketOf({ url = '' }: IncomingMessage): string | null {
  return new URL(url, 'http://headway').searchParams.get('ticket')
}

/** The versions of the protocol that a call may ask for. @see PROTOCOL.md, "Requests" */
function checkAccept({ headers }: IncomingMessage): void {
  const accept = headers.accept ?? ''
  if (accept === '' || accept === '*/*') return
  if (/application\/(vnd\.forge\.v1\+)?json/.test(accept)) return
  throw new HttpError(`There is no "${accept}" here: accept application/json`, {
    status: 406,
    code: 'UNSUPPORTED_API_VERSION',
  })
}

/**
 * Without authentication the gateway serves this machine alone. A page of another site could still
 * reach it by a name that resolves to this machine (DNS rebinding); the `Host` header gives that away.
 */
function checkHost({ headers }: IncomingMessage): void {
  const host = (headers.host ?? '').replace(/:\d+$/, '')
  if (/^(localhost|[\w-]+\.localhost|127(\.\d+){3}|\[::1\])$/i.test(host)) return
  throw new HttpError(`Without authentication the gateway answers on localhost, not on "${host}"`, {
    status: 403,
    code: 'FORBIDDEN',
  })
}

function refuseWith(
  { options }: HttpContext,
  request: IncomingMessage,
  response: ServerResponse,
  shape: Shape,
  error: unknown,
): void {
  // What is left of a refused body is not read: the connection cannot be used again.
  if (!request.complete) response.setHeader('Connection', 'close')
  if (error instanceof HttpError) {
    return refuse(response, error.refusal.shape ?? shape, error.message, error.refusal)
  }
  const isAway = isDatabaseAway(error)
  options.logger.error({ err: error, path: request.url?.split('?', 1)[0] }, 'a request failed')
  const refusal: Refusal = isAway
    ? { status: 503, code: 'SERVICE_UNAVAILABLE', retryAfterSecs: 2 }
    : { status: 500, code: 'INTERNAL_ERROR' }
  refuse(
    response,
    shape,
    isAway ? 'The database cannot be reached' : 'Something went wrong',
    refusal,
  )
}
