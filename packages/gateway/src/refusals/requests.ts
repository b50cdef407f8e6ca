import type { HttpError } from '../errors.ts'
import { refuse } from './codes.ts'

export const noSuchPath = (): HttpError => refuse('NOT_FOUND', 'This path does not exist')

export const wrongMethod = (allow: string): HttpError =>
  refuse('METHOD_NOT_ALLOWED', `This path answers ${allow} only`, { allow })

export const urlTooLong = (maxLength: number): HttpError =>
  refuse('URI_TOO_LONG', `The URL must have at most ${maxLength} characters`)

export const notAcceptable = (accept: string): HttpError =>
  refuse('UNSUPPORTED_API_VERSION', `Accept is "${accept}": accept application/json`)

export const requestTooLate = (limitSecs: number): HttpError =>
  refuse('REQUEST_TIMEOUT', `The request took more than ${limitSecs} s: try again`, { shape: 'A' })

export const notDeclaredAsJson = (type: string): HttpError =>
  refuse('UNSUPPORTED_MEDIA_TYPE', `Content-Type is "${type}": send application/json`)

export const bodyTooLarge = (maxBytes: number): HttpError =>
  refuse('PAYLOAD_TOO_LARGE', `The body must have at most ${maxBytes} bytes`)

export const bodyTooDeep = (maxDepth: number): HttpError =>
  refuse('BAD_REQUEST', `The body must be nested at most ${maxDepth} levels deep`)

/** The application reads bodies before the gateway gets its requests. */
export const bodyAlreadyRead = (): HttpError =>
  refuse(
    'BAD_REQUEST',
    'The body was read before the gateway got the request: mount the gateway before anything that reads bodies, such as express.json()',
  )

export const bodyNotJson = (): HttpError => refuse('BAD_REQUEST', 'The body must be JSON')

export const bodyNotObject = (): HttpError =>
  refuse('UNPROCESSABLE_ENTITY', 'The body must be a JSON object')

/** @param must such as `must be a string` */
export const wrongMember = (name: string, must: string): HttpError =>
  refuse('UNPROCESSABLE_ENTITY', `"${name}" ${must}`)

export const batchTooLarge = (most: number, length: number): HttpError =>
  refuse('INVALID_ARGUMENT', `A batch may have ${most} items: this one has ${length}`)

/** @param what the plural of a thing, such as `bodies` */
export const noRoomFor = (what: string): HttpError =>
  refuse('SERVICE_UNAVAILABLE', `Too many large ${what} are being sent: try again`, {
    retryAfterSecs: 1,
  })

export const answerFull = (): HttpError =>
  refuse('SERVICE_UNAVAILABLE', 'The answer is full: ask for the rest in another request', {
    retryAfterSecs: 0,
  })
