import type { ErrorBody } from '../protocol/envelopes.ts'
import { isRecord } from '../protocol/json.ts'
import type { FakeRequest } from './fake-gateway-api.ts'

/** The error and the status that a request is refused with. */
export interface Refusal {
  refused: ErrorBody
  status: number
}

/**
 * Handles a path. Returns the data of the answer, a refusal, or a whole `Response`.
 *
 * @param groups the captured parts of the path
 */
export type FakeHandler = (groups: string[], request: FakeRequest) => unknown

const refusal = (status: number, code: string, message: string): Refusal => ({
  refused: { code, message },
  status,
})

/** All refusals of the fake. @see PROTOCOL.md, "Envelopes" */
export const refusals: Record<RefusalName, Refusal> = {
  unauthorized: refusal(401, 'UNAUTHORIZED', 'The token is not valid'),
  badSecret: refusal(401, 'INVALID_SESSION_SECRET', 'The secret belongs to another session'),
  notYours: refusal(403, 'SESSION_PRINCIPAL_MISMATCH', 'The session belongs to another user'),
  noSession: refusal(404, 'SESSION_NOT_FOUND', 'There is no such session'),
  noSubscription: refusal(404, 'SUBSCRIPTION_NOT_FOUND', 'No registration has this id'),
  noJob: refusal(404, 'JOB_NOT_FOUND', 'The job does not exist, or was removed'),
  noWorkflow: refusal(404, 'WORKFLOW_NOT_FOUND', 'The workflow does not exist, or was removed'),
  noKind: refusal(404, 'NOT_FOUND', 'There is no such kind of registration'),
  noItems: refusal(422, 'UNPROCESSABLE_ENTITY', '"items" must be a list of objects'),
  tooManyItems: refusal(400, 'INVALID_ARGUMENT', 'A request can have no more items'),
  noQuery: refusal(400, 'INVALID_ARGUMENT', 'There is no such query'),
  badGroup: refusal(400, 'INVALID_ARGUMENT', 'The request about a group has a wrong member'),
  notOpen: refusal(409, 'CONFLICT', 'The run is no group, or is closed, or has ended'),
  badLabels: refusal(400, 'VALIDATION_ERROR', 'The title or the tags are wrong'),
  noFunction: refusal(404, 'NOT_FOUND', 'There is no such function'),
  noRoute: refusal(404, 'NOT_FOUND', 'There is no such path'),
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
  | 'badGroup'
  | 'notOpen'
  | 'badLabels'
  | 'noFunction'
  | 'noRoute'

/** The refusal of a filter of a list. */
export function badFilter(member: string): Refusal {
  return refusal(400, 'INVALID_ARGUMENT', `The filter of a list has a wrong member: ${member}`)
}

/** The refusal of all items of a group, since the one at `index` has a wrong member. */
export function wrongItem(index: number, member: string): Refusal {
  const { status, refused } = refusals.badLabels
  const details = [{ path: ['items', index, member], message: `The ${member} is wrong` }]
  return { status, refused: { ...refused, details } }
}

/** An answer with the envelope of a success. */
export function success(answer: object): Response {
  return Response.json({ success: true, ...answer })
}

/** An answer that is a file. */
export function fileAnswer(file: Blob): Response {
  return new Response(file, { headers: { 'x-headway-answer': 'blob' } })
}

/** An answer with the envelope of an error. */
export function failure(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ success: false, error: { code, message } }, { status, headers })
}

/** The answer to one stream too many: an error without an envelope. */
export function refusedStream(maxSessions: number): Response {
  const message = `User has reached the maximum of ${maxSessions} concurrent sessions`
  const error = { code: 'TOO_MANY_SESSIONS', message, retry_after_secs: 5 }
  return Response.json(error, { status: 429, headers: { 'retry-after': '5' } })
}

/** True for a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return isRecord(value) && 'refused' in value
}

/** The answer for a refused stream: the error alone. */
export function toBareResponse({ status, refused }: Refusal): Response {
  return Response.json(refused, { status })
}

/** The answer for a refusal. */
export function toResponse({ status, refused }: Refusal): Response {
  return Response.json({ success: false, error: refused }, { status })
}
