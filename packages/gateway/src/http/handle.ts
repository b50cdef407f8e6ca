import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { type ApiRequest, isOurs, pathOf, prefix } from '../messages/api-request.ts'
import { readBody } from '../messages/body.ts'
import { inTime } from '../messages/in-time.ts'
import { abandon, type Reply, refuse, type Shape } from '../messages/reply.ts'
import { longestRequestSecs } from '../options/gateway-options.ts'
import { checkedRefusal } from '../refusals/checked-refusal.ts'
import { isOutcomeUnknown } from '../refusals/failures.ts'
import { noSuchPath, urlTooLong, wrongMethod } from '../refusals/requests.ts'
import type { HttpContext } from './context.ts'
import { createMatchRoute, type Match } from './match-route.ts'
import { noteRequest } from './note-request.ts'
import { toRequestRefusal } from './request-refusal.ts'
import type { RouteCall } from './route.ts'
import { routes } from './routes.ts'
import { whoAsks } from './who-asks.ts'

/** The maximum length of a URL in characters: many times the longest id and name. */
const maxUrlLength = 8_192

const matchRoute = createMatchRoute(routes)

/** Answers a request. Never rejects: errors become refusals. */
export async function handle(context: HttpContext, request: ApiRequest): Promise<Reply> {
  const startedAt = performance.now()
  const { method } = request
  if (request.url.length > maxUrlLength) return refuse('A', urlTooLong(maxUrlLength))
  const path = pathOf(request.url)
  const isPreflight =
    method === 'OPTIONS' && request.header('access-control-request-method') !== null
  const cors = context.cors(request.header('origin'), isPreflight)
  if (isPreflight) return { type: 'whole', status: 204, headers: cors, body: '' }
  const match: Match = isOurs(path)
    ? matchRoute(method, path.slice(prefix.length))
    : { type: 'notFound' }
  const isUpload = match.type === 'found' && match.route.kind === 'upload'
  const { options } = context
  const limitSecs = isUpload ? longestRequestSecs(options) : options.requestTimeoutSecs
  const answering = inTime(answer(context, request, match), limitSecs, abandon)
  const shape = match.type === 'found' ? match.route.shape : 'A'
  const reply = await answering.catch((error: unknown) =>
    refuseThrown(context, request, shape, error),
  )
  const ms = performance.now() - startedAt
  noteRequest(context, { method, path, match, reply, ms })
  return { ...reply, headers: { ...cors, ...reply.headers } }
}

async function answer(context: HttpContext, request: ApiRequest, match: Match): Promise<Reply> {
  const isStream = match.type === 'found' && match.route.kind === 'stream'
  const asker = await whoAsks(context, request, isStream)
  const place = context.answers.enter(asker)
  const bodyPlace = context.bodies.enter(asker)
  const call = {
    context,
    asker,
    request,
    place,
    readBody: () => readBody(request, context.options.maxBodyBytes, bodyPlace),
  }
  try {
    const reply = await answerMatch(call, match)
    // Its room is free again once the answer is out.
    if (reply.type === 'whole' && place.isTaken()) return { ...reply, closed: () => place.leave() }
    place.leave()
    return reply
  } catch (error) {
    place.leave()
    throw error
  } finally {
    bodyPlace.leave()
  }
}

async function answerMatch(
  call: Omit<RouteCall, 'params' | 'shape'>,
  match: Match,
): Promise<Reply> {
  if (match.type === 'notFound') throw noSuchPath()
  if (match.type === 'methodNotAllowed') throw wrongMethod(match.allow)
  const { route, params } = match
  return route.handler({ ...call, params, shape: route.shape })
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
  const refused = toRequestRefusal(thrown, options.maskErrors)
  return refuse(refused.refusal.shape ?? shape, refused)
}
