import type { HttpError } from '../errors.ts'
import { refuse } from './codes.ts'

export const notMultipart = (why: string): HttpError =>
  refuse('MULTIPART_ERROR', `The body must be a multipart form: ${why}`)

export const partRepeated = (name: string): HttpError =>
  refuse('DUPLICATE_FIELD', `${name} came twice`)

export const tooManyFiles = (most: number): HttpError =>
  refuse('TOO_MANY_FIELDS', `There must be at most ${most} files`)

export const jsonPartTooLarge = (name: string, maxBytes: number): HttpError =>
  refuse('JSON_TOO_LARGE', `${name} must have at most ${maxBytes} bytes`)

export const jsonPartNotObject = (name: string): HttpError =>
  refuse('INVALID_JSON', `${name} must be a JSON object`)

/** A part whose name has no place in the arguments. @see PROTOCOL.md, "Uploads" */
export const misplacedPart = ({ code, message }: PartProblem): HttpError => refuse(code, message)

/** @see PROTOCOL.md, "Uploads" */
interface PartProblem {
  code: 'INVALID_FIELD' | 'DUPLICATE_FIELD'
  message: string
}

export const fileNameEmpty = (name: string): HttpError =>
  refuse('INVALID_FILENAME', `The file name of ${name} has no allowed characters`)

export const typeNotTaken = (name: string, type: string, taken: readonly string[]): HttpError =>
  refuse('MIME_MISMATCH', `${name} is ${type}: send ${taken.join(' or ')}`)

export const typeNotTrue = (name: string, type: string): HttpError =>
  refuse('MIME_MISMATCH', `${name} is declared as ${type}, but does not begin like one`)

export const fileTooLarge = (name: string, maxBytes: number): HttpError =>
  refuse('FILE_TOO_LARGE', `${name} must have at most ${maxBytes} bytes`)

export const filesTooLarge = (maxBytes: number): HttpError =>
  refuse('PAYLOAD_TOO_LARGE', `All files together must have at most ${maxBytes} bytes`)

export const filesTooSlow = (limitSecs: number): HttpError =>
  refuse('REQUEST_TIMEOUT', `The files took more than ${limitSecs} s`)

export const filesStopped = (silenceSecs: number): HttpError =>
  refuse('REQUEST_TIMEOUT', `No bytes of the files came for ${silenceSecs} s`)

export const tooManyOwnUploads = (): HttpError =>
  refuse('TOO_MANY_UPLOADS', 'You are sending too many files: try again', { retryAfterSecs: 5 })

export const tooManyUploads = (): HttpError =>
  refuse('SERVICE_UNAVAILABLE', 'Too many files are being sent: try again', { retryAfterSecs: 5 })
