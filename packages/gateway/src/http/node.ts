import type { IncomingMessage, ServerResponse } from 'node:http'
import { HttpError, type Refusal } from '../errors.ts'
import { isDatabaseAway } from '../postgres/pools.ts'
import { readBody } from './body.ts'
import type { HttpContext } from './context.ts'
import { events } from './events.ts'
import { health, ready } from './health.ts'
import { refuse, respond, type Shape } from './respond.ts'
import { type Match, matchRoute } from './routes.ts'
import { rpc } from './rpc.ts'
import { cancelJob, readJob, retryJob } from './runs.ts'
import { subscribeBatch, subscribeJob, unsubscribe } from './subscribe.ts'

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
  checkHost(request)
  if (match.type === 'notFound') {
    throw new HttpError('There is no such path', { status: 404, code: 'NOT_FOUND' })
  }
  if (match.type === 'methodNotAllowed') {
    const { allow } = match
    throw new HttpError(`Use ${allow}`, { status: 405, code: 'METHOD_NOT_ALLOWED', allow })
  }
  const { shape, params } = match
  const body = (): Promise<Record<string, unknown>> =>
    readBody(request, context.options.maxBodyBytes)
  const succeed = (data: unknown): void => respond(response, shape, { type: 'data', data })
  switch (match.name) {
    case 'rpc':
      return succeed(await rpc(context, request.headers, params.name, await body()))
    case 'events':
      return events(context, response)
    case 'subscribeJob': {
      const { snapshot, answered } = await subscribeJob(context, await body())
      return respond(response, shape, { type: 'data', data: snapshot }, answered)
    }
    case 'subscribeBatch': {
      const { answers, answered } = await subscribeBatch(context, await body())
      return respond(response, shape, { type: 'data', data: answers }, answered)
    }
    case 'unsubscribe':
      unsubscribe(context, await body())
      return respond(response, shape, { type: 'data' })
    case 'readJob':
      return succeed(await readJob(context, params.id ?? ''))
    case 'cancelJob':
      return succeed(await cancelJob(context, params.id ?? '', await body()))
    case 'retryJob':
      await body()
      return succeed(await retryJob(context, params.id ?? ''))
    case 'health':
      return respond(response, shape, health())
    case 'ready':
      return respond(response, shape, await ready(context))
  }
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
  if (error instanceof HttpError) return refuse(response, shape, error.message, error.refusal)
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
