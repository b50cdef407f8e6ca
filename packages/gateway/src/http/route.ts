import type { Asker } from '../access/principal.ts'
import type { AnswerPlace } from '../messages/answer-room.ts'
import type { ApiRequest } from '../messages/api-request.ts'
import type { Reply, Shape } from '../messages/reply.ts'
import type { HttpContext } from './context.ts'

/** A method and its paths below `/_api`, with the handler that answers them. */
export interface Route {
  method: 'GET' | 'POST'
  /** Below `/_api`; `:name` stands for one part. */
  paths: readonly string[]
  shape: Shape
  handler: Handler
  /** Streams may carry a token in the URL. Uploads have more time than other requests. */
  kind?: 'stream' | 'upload'
}

/** Answers a request of one route. Rejects with an `HttpError` when the request is refused. */
export type Handler = (call: RouteCall) => Reply | Promise<Reply>

/** A request that has found its route. */
export interface RouteCall {
  context: HttpContext
  asker: Asker
  request: ApiRequest
  /** The parts of the path that `:name` stands for, decoded. */
  params: Record<string, string>
  shape: Shape
  /** The room that the answer takes in memory. */
  place: AnswerPlace
  /** Reads the body as a JSON object. Rejects with an `HttpError` for any other body. */
  readBody: () => Promise<Record<string, unknown>>
}
