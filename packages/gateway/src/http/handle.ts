import type { Asker } from '../access/principal.ts'
import { checkedRefusal } from '../checked-refusal.ts'
import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { longestRequestSecs } from '../options.ts'
import type { Run } from '../runs/run-store.ts'
import type { AnswerPlace } from './answer-room.ts'
import { type ApiRequest, isOurs, pathOf, prefix } from './api-request.ts'
import { readBody } from './body.ts'
import type { CallAnswer } from './call-query.ts'
import type { HttpContext } from './context.ts'
import { events } from './events.ts'
import { health, ready } from './health.ts'
import { inTime } from './in-time.ts'
import { isOutcomeUnknown } from './known-outcome.ts'
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
import { toRefused } from './to-refused.ts'
import { unsubscribe, unsubscribeBatch } from './unsubscribe.ts'
import { upload } from './upload.ts'
import { whoAsks } from './who-asks.ts'
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
  const reply = await answering.catch((error: unknown) =>
    refuseThrown(context, request, shape, error),
  )
  const ms = performance.now() - startedAt
  noteRequest(context, { method, path, match, reply, ms })
  return { ...reply, headers: { ...cors, ...reply.headers } }
}

async function answer(context: HttpContext, request: ApiRequest, match: Match): Promise<Reply> {
  const isStream = match.type === 'found' && match.name === 'events'
  const asker = await whoAsks(context, request, isStream)
  const place = context.answers.enter(asker)
  const bodyPlace = context.bodies.enter(asker)
  const read: ReadBody = () => readBody(request, context.options.maxBodyBytes, bodyPlace)
  try {
    const reply = await answerAs(context, asker, request, match, place, read)
    // Its room is free again once the answer is out.
    if (reply.type === 'whole' && place.isTaken()) return { ...reply, closed: place.leave }
    place.leave()
    return reply
  } catch (error) {
    place.leave()
    throw error
  } finally {
    bodyPlace.leave()
  }
}

/** Reads what a request carries. */
type ReadBody = () => Promise<Record<string, unknown>>

async function answerAs(
  context: HttpContext,
  asker: Asker,
  request: ApiRequest,
  match: Match,
  place: AnswerPlace,
  body: ReadBody,
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

/** The versions of the protocol that a call may ask for. @see PROTOCOL.md, "Envelopes" */
function checkAccept(request: ApiRequest): void {
  const accept = request.header('accept') ?? ''
  if (accept === '' || /\*\/\*|application\/(vnd\.forge\.v1\+)?json/.test(accept)) return
  throw new HttpError(`There is no "${accept}" here: accept application/json`, {
    status: 406,
    code: 'UNSUPPORTED_API_VERSION',
  })
}

function refuseThrown(
  { options }: HttpContext,
  request: ApiRequest,
  shape: Shape,
  thrown: unknown,
): Reply {
  const isFault = !isInstance(thrown, HttpError) || isOutcomeUnknown(checkedRefusal(thrown))
  // A body that ends half way is its sender's doing, and no fault of ours.
  if (isFault && !request.isGone()) {
    const path = pathOf(request.url)
    options.logger.error({ err: toError(thrown), path }, 'a request failed')
  }
  const refused = toRefused(thrown, options.maskErrors)
  return refuse(refused.refusal.shape ?? shape, refused)
}
