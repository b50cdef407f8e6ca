import type { HttpError } from '../errors.ts'
import { refuse } from './codes.ts'

export const invalidSessionId = (): HttpError =>
  refuse('INVALID_SESSION', '"session_id" must be a UUID')

export const wrongSecret = (): HttpError =>
  refuse('INVALID_SESSION_SECRET', '"session_secret" is not the secret of this session')

export const otherPrincipal = (): HttpError =>
  refuse('SESSION_PRINCIPAL_MISMATCH', 'The session belongs to another user: open a new stream')

export const sessionNotFound = (): HttpError =>
  refuse('SESSION_NOT_FOUND', 'The session does not exist, or has ended: open a new stream')

export const serverOfSessionBusy = (): HttpError =>
  refuse('SERVICE_UNAVAILABLE', 'The server with this session takes no requests now: try again', {
    retryAfterSecs: 1,
  })

export const subscriptionNotFound = (): HttpError =>
  refuse('SUBSCRIPTION_NOT_FOUND', 'The registration does not exist, or has ended')

export const registrationIdTooLong = (maxBytes: number): HttpError =>
  refuse('INVALID_ID', `"id" must have at most ${maxBytes} bytes`)

export const tooManyRegistrations = (most: number): HttpError =>
  refuse('TOO_MANY_SUBSCRIPTIONS', `A session may have ${most} registrations`)

export const tooManyArguments = (maxBytes: number): HttpError =>
  refuse(
    'TOO_MANY_SUBSCRIPTIONS',
    `All watched queries of a session may have ${maxBytes} bytes of arguments together`,
  )

export const argumentsTooLarge = (maxBytes: number, bytes: number): HttpError =>
  refuse(
    'PAYLOAD_TOO_LARGE',
    `The arguments of a watched query may have ${maxBytes} bytes: these have ${bytes}`,
  )

export const rightsChanged = (): HttpError =>
  refuse('SERVICE_UNAVAILABLE', 'The rights of the session have just changed: register again', {
    retryAfterSecs: 0,
  })

/** The wait of a client after a refused stream, in seconds. */
const streamRetrySecs = 5

const tooManyStreams = 'There are too many streams: try again'

export const streamsFull = (): HttpError =>
  refuse('SSE_AT_CAPACITY', tooManyStreams, { retryAfterSecs: streamRetrySecs })

export const tooManyOwnStreams = (): HttpError =>
  refuse('TOO_MANY_SESSIONS', tooManyStreams, { retryAfterSecs: streamRetrySecs })

export const draining = (retryAfterSecs: number): HttpError =>
  refuse('SERVICE_UNAVAILABLE', 'The server is about to stop: try again', { retryAfterSecs })
