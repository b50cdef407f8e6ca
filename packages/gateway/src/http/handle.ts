import { clientIp } from '../access/client-ip.ts'
import { identify } from '../access/identify.ts'
import { whyNotLocal } from '../access/local-only.ts'
import type { Asker } from '../access/principal.ts'
import { checkedRefusal } from '../checked-refusal.ts'
import { describeError, isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { longestRequestSecs } from '../options.ts'
import { isDatabaseAway } from '../postgres/failures.ts'
import type { Run } from '../runs/run-store.ts'
import type { AnswerPlace } from './answer-room.ts'
import { type ApiRequest, isOurs, pathOf, prefix } from './api-request.ts'
import { readBody } from './body.ts'
import type { CallAnswer } from './call-query.ts'
import type { HttpContext } from './context.ts'
import { events } from './events.ts'
import { health, ready } from './health.ts'
import { inTime } from './in-time.ts'
import { loadSnapshot } from './load-snapshot.ts'
import { metrics } from './metrics.ts'
import { noteRequest } from './note-request.ts'
import {
  abandon,
  answerFile,
  bare,
  type Reply,
  refuse,
  type Shape,
  succeed,
  succeedWith,
} from './reply.ts'
import { type Match, matchRoute } from './routes.ts'
import { rpc } from './rpc.ts'
import { cancelJob, readOne, retryJob } from './runs.ts'
import { subscribeBatch, subscribeQuery, subscribeRun } from './subscribe.ts'
import { ticket } from './ticket.ts'
import { unsubscribe, unsubscribeBatch } from './unsubscribe.ts'
import { upload } from './upload.ts'
import { cancelWorkflow, retryWorkflow, sendEvent } from './workflows.ts'

/** How long a URL may be, in characters: many times the longest id and name. */
const maxUrlLength = 8_192
const urlTooLong = new HttpError('The URL is too long', { status: 414, code: 'URI_TOO_LONG' })

/** Answers a request. Never rejects: what goes wrong is a refusal. */
export async function handle(context: HttpContext, request: ApiRequest): Promise<Reply> {
  const startedAt = performance.now()
  const { method } = request
  if (request.url.length > maxUrlLength) return refuse('A', urlTooLong)
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
  const shape = match.type === 'found' ? match.shape : 'A'
  const reply = await answering.catch((error: unknown) => toRefusal(context, request, shape, error))
  const ms = performance.now() - startedAt
  noteRequest(context, { method, path, match, reply, ms })
  return { ...reply, headers: { ...cors, ...reply.headers } }
}

async function answer(context: HttpContext, request: ApiRequest, match: Match): Promise<Reply> {
  const asker = await whoAsks(context, request)
  const place = context.answers.enter(asker)
  try {
    const reply = await answerAs(context, asker, request, match, place)
    // Its room is free again once the answer is out.
    if (reply.type === 'whole' && place.isTaken()) return { ...reply, closed: place.leave }
    place.leave()
    return reply
  } catch (error) {
    place.leave()
    throw error
  }
}

async function answerAs(
  context: HttpContext,
  asker: Asker,
  request: ApiRequest,
  match: Match,
  place: AnswerPlace,
): Promise<Reply> {
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
  const called = (answer: CallAnswer): Reply =>
    answer instanceof Blob ? answerFile(answer) : succeedWith(shape, answer.text)
  const shown = async (run: Run): Promise<Reply> =>
    succeedWith(shape, (await loadSnapshot(context, place, 'headway', run)).text)
  switch (match.name) {
    case 'rpc':
      checkAccept(request)
      return called(await rpc(context, asker, request, params.name, await body(), place))
    case 'upload':
      checkAccept(request)
      return called(await upload(context, asker, request, params.name ?? '', place))
    case 'events':
      return events(context, asker, request.url)
    case 'ticket':
      return bare(200, ticket(context, asker))
    case 'subscribeJob':
    case 'subscribeWorkflow': {
      const kind = match.name === 'subscribeJob' ? 'job' : 'workflow'
      const { text, answered } = await subscribeRun(context, asker, kind, await body(), place)
      return succeedWith(shape, text, answered)
    }
    case 'subscribe': {
      const subscribed = await subscribeQuery(context, asker, await body(), place)
      return succeedWith(shape, subscribed.text, subscribed.answered, subscribed.revision)
    }
    case 'subscribeBatch': {
      const { text, answered } = await subscribeBatch(context, asker, await body(), place)
      return succeedWith(shape, text, answered)
    }
    case 'unsubscribe':
      unsubscribe(context, asker, await body())
      return succeed(shape)
    case 'unsubscribeBatch':
      unsubscribeBatch(context, asker, await body())
      return succeed(shape, null)
    case 'readJob':
      return shown(await readOne(context, asker, 'job', id))
    case 'cancelJob':
      return shown(await cancelJob(context, asker, id, await body()))
    case 'retryJob':
      await body()
      return shown(await retryJob(context, asker, id))
    case 'readWorkflow':
      return shown(await readOne(context, asker, 'workflow', id))
    case 'cancelWorkflow':
      return shown(await cancelWorkflow(context, asker, id, await body()))
    case 'retryWorkflow':
      await body()
      return shown(await retryWorkflow(context, asker, id))
    case 'sendEvent': {
      const event = { id, event: params.event ?? '' }
      const { text } = await sendEvent(context, asker, request, event, await body(), place)
      return succeedWith(shape, text)
    }
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
  const principal = await identify(authenticate, { headers, ip }, Date.now(), options.logger)
  return { principal, ip }
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

/** Throws for requests from another machine. @see whyNotLocal */
function checkIsLocal(request: ApiRequest, client: string, forwardedFor?: string): void {
  const { isUnixSocket, remoteAddress: peer } = request
  const host = request.header('host') ?? ''
  const isDevelopment = /^(development|test)$/.test(process.env.NODE_ENV ?? '')
  const refusal = whyNotLocal({ client, peer, isUnixSocket, forwardedFor, host }, isDevelopment)
  if (refusal !== null) throw new HttpError(refusal, { status: 403, code: 'FORBIDDEN' })
}

function toRefusal(
  { options }: HttpContext,
  request: ApiRequest,
  shape: Shape,
  thrown: unknown,
): Reply {
  if (isInstance(thrown, HttpError)) {
    const refused = checkedRefusal(thrown)
    return refuse(refused.refusal.shape ?? shape, refused)
  }
  const error = toError(thrown)
  // A body that ends half way is its sender's doing, and no fault of ours.
  const path = pathOf(request.url)
  if (!request.isGone()) options.logger.error({ err: error, path }, 'a request failed')
  if (isDatabaseAway(error)) return refuse(shape, databaseAway)
  return refuse(shape, options.maskErrors ? fault : toFault(describeError(error)))
}

const databaseAway = new HttpError('The database cannot be reached', {
  status: 503,
  code: 'SERVICE_UNAVAILABLE',
  retryAfterSecs: 2,
})

const fault = toFault('Something went wrong')

function toFault(message: string): HttpError {
  return new HttpError(message, { status: 500, code: 'INTERNAL_ERROR' })
}
