import type { HttpError } from '../errors.ts'
import { refuse } from './codes.ts'

export const invalidFunctionName = (): HttpError =>
  refuse('VALIDATION_ERROR', 'A function name must be 1 to 256 letters, digits, _ . : -')

export const functionNotFound = (name: string): HttpError =>
  refuse('NOT_FOUND', `The function ${name} does not exist`)

export const queryNotFound = (name: string): HttpError =>
  refuse('NOT_FOUND', `The query ${name} does not exist`)

export const kindNotFound = (kind: string): HttpError =>
  refuse('NOT_FOUND', `This server has no registrations of kind ${kind}`)

/** @param message where and why, such as ` at rows.0: too many` */
export const argumentsRefused = (message: string, details: unknown): HttpError =>
  refuse('INVALID_ARGUMENT', `The arguments do not fit the schema${message}`, { details })

export const takesNoFiles = (name: string): HttpError =>
  refuse('INVALID_ARGUMENT', `${name} does not accept files`)

/** @param problem a sentence without its full stop */
export const wrongLabels = (problem: string): HttpError => refuse('VALIDATION_ERROR', problem)

export const keyTooLong = (maxLength: number): HttpError =>
  refuse('VALIDATION_ERROR', `X-Idempotency-Key must have 1 to ${maxLength} characters`)

export const keyNotRandom = (): HttpError =>
  refuse(
    'VALIDATION_ERROR',
    'Without a token X-Idempotency-Key must be random: a UUID, or 32 hexadecimal digits',
  )

/** @param why a sentence without its full stop */
export const notWatchable = (why: string, cause?: unknown): HttpError =>
  refuse('INVALID_ARGUMENT', `${why}: call the query instead of watching it`, { cause })
