import { clientIp } from '../access/client-ip.ts'
import { identify } from '../access/identify.ts'
import { whyNotLocal } from '../access/local-only.ts'
import type { Asker } from '../access/principal.ts'
import { HttpError } from '../errors.ts'
import { longestRequestSecs } from '../options.ts'
import { isDatabaseAway } from '../postgres/pools.ts'
import { type ApiRequest, isOurs, pathOf, prefix } from './api-request.ts'
import { readBody } from './body.ts'
import type { HttpContext } from './context.ts'
import { events } from './events.ts'
import { health, ready } from './health.ts'
import { inTime } from './in-time.ts'
import { metrics } from './metrics.ts'
import { noteRequest } from './note-request.ts'
import { abandon, bare, type Reply, refuse, type Shape, succeed } from './reply.ts'
import { type Match, matchRoute } from './routes.ts'
import { rpc } from './rpc.ts'
import { cancelJob, readSnapshot, retryJob } from './runs.ts'
import { subscribeBatch, subscribeQuery, subscribeRun } from './subscribe.ts'
import { ticket } from './ticket.ts'
import { unsubscribe, unsubscribeBatch } from './unsubscribe.ts'
import { upload } from './upload.ts'
import { cancelWorkflow, retryWorkflow, sendEvent } from './workflows.ts'

/** Answers a request. Never rejects: what goes wrong is a refusal. */
export async function handle(context: HttpContext, request: ApiRequest): Promise<Reply> {
  const startedAt = performance.now()
  const { method } = request
  const path = pathOf(request.url)
  const isPreflight =
    method === 'OPTIONS' && request.header('access-control-request-method') !== null
  const cors = context.cors(request.header('origin'), isPreflight)
  if (isPreflight) return { type: 'whole', status: 204, headers: cors, body: '' }
  const match: Match = isOurs(path)
    ? matchRoute(method, path.slice(prefix.length))
    : { type: 'notFound' }
  const isUpload = match.type === 'found' && match.name === 'upload'
  const { options } = context
  const limitSecs = isUpload ? longestRequestSecs(options) : options.requestTimeoutSecs
  const answering = inTime(answer(context, request, match), limitSecs, abandon)
  const reply = await answering.catch((error: unknown) => {
    return toRefusal(context, request, match.type === 'found' ? match.shape : 'A', error)
  })
  const ms = performance.now() - startedAt
  noteRequest(context, { method, path, match, reply, ms })
  return { ...reply, headers: { ...cors, ...reply.headers } }
}

async function answer(context: HttpContext, request: ApiRequest, match: Match): Promise<Reply> {
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
  switch (match.name) {
    case 'rpc':
      checkAccept(request)
      return succeed(shape, await rpc(context, asker, request, params.name, await body()))
    case 'upload':
      checkAccept(request)
      return succeed(shape, await upload(context, asker, request, params.name ?? ''))
    case 'events':
      return events(context, asker, request.url)
    case 'ticket':
      return bare(200, ticket(context, asker))
    case 'subscribeJob':
    case 'subscribeWorkflow': {
      const kind = match.name === 'subscribeJob' ? 'job' : 'workflow'
      const { snapshot, answered } = await subscribeRun(context, asker, kind, await body())
      return succeed(shape, snapshot, answered)
    }
    case 'subscribe': {
      const { data, revision, answered } = await subscribeQuery(context, asker, await body())
      return succeed(shape, data, answered, revision)
    }
    case 'subscribeBatch': {
      const { answers, answered } = await subscribeBatch(context, asker, await body())
      return succeed(shape, answers, answered)
    }
    case 'unsubscribe':
      unsubscribe(context, asker, await body())
      return succeed(shape)
    case 'unsubscribeBatch':
      unsubscribeBatch(context, asker, await body())
      return succeed(shape, null)
    case 'readJob':
      return succeed(shape, await readSnapshot(context, asker, 'job', id))
    case 'cancelJob':
      return succeed(shape, await cancelJob(context, asker, id, await body()))
    case 'retryJob':
      await body()
      return succeed(shape, await retryJob(context, asker, id))
    case 'readWorkflow':
      return succeed(shape, await readSnapshot(context, asker, 'workflow', id))
    case 'cancelWorkflow':
      return succeed(shape, await cancelWorkflow(context, asker, id, await body()))
    case 'retryWorkflow':
      await body()
      return succeed(shape, await retryWorkflow(context, asker, id))
    case 'sendEvent':
      return succeed(
        shape,
        await sendEvent(context, asker, request, { id, event: params.event ?? '' }, await body()),
      )
    case 'signal':
      // Forge's clients send what users do, and send it again until this is answered with JSON.
      return bare(200, {})
    case 'metrics':
      return await metrics(context, asker)
    case 'health':
      return bare(200, health())
    case 'ready': {
      const { status, body: flags } = await ready(context)
      return bare(status, flags)
    }
  }
}

async function whoAsks(context: HttpContext, request: ApiRequest): Promise<Asker> {
  const { authenticate, options } = context
  const forwarded = request.header('x-forwarded-for') ?? undefined
  const ip = clientIp(request.remoteAddress, forwarded, options.trustProxy)
  if (!authenticate) {
    checkIsLocal(request, ip, forwarded)
    return { principal: null, ip }
  }
  if (forwarded !== undefined) context.noteForwarded()
  const { headers } = request
  return { principal: await identify(authenticate, { headers, ip }, Date.now()), ip }
}

/** The versions of the protocol that a call may ask for. @see PROTOCOL.md, "Envelopes" */
function checkAccept(request: ApiRequest): void {
  const accept = request.header('accept') ?? ''
  if (accept === '' || /\*\/\*|application\/(vnd\.forge\.v1\+)?json/.test(accept)) return
  throw new HttpError(`There is no "${accept}" here: accept application/json`, {
    status: 406,
    code: 'UNSUPPORTED_API_VERSION',
  })
}

/** Throws for what comes from elsewhere. @see whyNotLocal */
function checkIsLocal(request: ApiRequest, client: string, forwardedFor?: string): void {
  const { isUnixSocket } = request
  const host = request.header('host') ?? ''
  const isDevelopment = /^(development|test)$/.test(process.env.NODE_ENV ?? '')
  const refusal = whyNotLocal({ client, isUnixSocket, forwardedFor, host }, isDevelopment)
  if (refusal !== null) throw new HttpError(refusal, { status: 403, code: 'FORBIDDEN' })
}

function toRefusal(
  { options }: HttpContext,
  request: ApiRequest,
  shape: Shape,
  error: unknown,
): Reply {
  if (error instanceof HttpError) {
    return refuse(error.refusal.shape ?? shape, error.message, error.refusal)
  }
  // A body that ends half way is its sender's doing, and no fault of ours.
  const path = pathOf(request.url)
  if (!request.isGone()) options.logger.error({ err: error, path }, 'a request failed')
  return isDatabaseAway(error)
    ? refuse(shape, 'The database cannot be reached', {
        status: 503,
        code: 'SERVICE_UNAVAILABLE',
        retryAfterSecs: 2,
      })
    : refuse(shape, 'Something went wrong', { status: 500, code: 'INTERNAL_ERROR' })
}
