import type { ErrorBody } from '../protocol/envelopes.ts'
import { isRecord } from '../protocol/json.ts'
import type { FakeRequest } from './fake-gateway-api.ts'

/** A request that is answered no. */
export interface Refusal {
  refused: ErrorBody
  status: number
}

/** What is done at a path: the answer's data, a refusal, or a whole answer. `groups` are the parts of the path. */
export type FakeHandler = (groups: string[], request: FakeRequest) => unknown

const refusal = (status: number, code: string, message: string): Refusal => ({
  refused: { code, message },
  status,
})

/** Everything the fake says no with. @see PROTOCOL.md, "Envelopes" */
export const refusals: Record<RefusalName, Refusal> = {
  unauthorized: refusal(401, 'UNAUTHORIZED', 'The token is not valid'),
  badSecret: refusal(401, 'INVALID_SESSION_SECRET', 'The secret is not that of the session'),
  notYours: refusal(403, 'SESSION_PRINCIPAL_MISMATCH', 'The session is somebody else’s'),
  noSession: refusal(404, 'SESSION_NOT_FOUND', 'There is no such session'),
  noSubscription: refusal(404, 'SUBSCRIPTION_NOT_FOUND', 'Nothing of this id is registered'),
  noJob: refusal(404, 'JOB_NOT_FOUND', 'There is no such job'),
  noWorkflow: refusal(404, 'WORKFLOW_NOT_FOUND', 'There is no such workflow'),
  noKind: refusal(404, 'NOT_FOUND', 'There are no registrations of such a kind'),
  noItems: refusal(422, 'UNPROCESSABLE_ENTITY', '"items" is no list of registrations'),
  tooManyItems: refusal(400, 'INVALID_ARGUMENT', 'A batch may have 100 items'),
  noQuery: refusal(400, 'INVALID_ARGUMENT', 'There is no such query'),
  noFunction: refusal(404, 'NOT_FOUND', 'There is no such function'),
  noRoute: refusal(404, 'NOT_FOUND', 'There is nothing at this path'),
}

type RefusalName =
  | 'unauthorized'
  | 'badSecret'
  | 'notYours'
  | 'noSession'
  | 'noSubscription'
  | 'noJob'
  | 'noWorkflow'
  | 'noKind'
  | 'noItems'
  | 'tooManyItems'
  | 'noQuery'
  | 'noFunction'
  | 'noRoute'

/** An envelope that says yes. */
export function success(answer: object): Response {
  return Response.json({ success: true, ...answer })
}

/** A file as an answer. */
export function fileAnswer(file: Blob): Response {
  return new Response(file, { headers: { 'x-headway-answer': 'blob' } })
}

/** An envelope that says no. */
export function failure(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ success: false, error: { code, message } }, { status, headers })
}

/** A stream that is one too many: the bare error. */
export function refusedStream(maxSessions: number): Response {
  const message = `User has reached the maximum of ${maxSessions} concurrent sessions`
  const error = { code: 'TOO_MANY_SESSIONS', message, retry_after_secs: 5 }
  return Response.json(error, { status: 429, headers: { 'retry-after': '5' } })
}

/** Whether the fake says no. */
export function isRefusal(value: unknown): value is Refusal {
  return isRecord(value) && 'refused' in value
}

/** A refusal as an answer. */
export function toResponse({ status, refused }: Refusal): Response {
  return failure(status, refused.code, refused.message)
}
