import type { HttpError } from '../errors.ts'
import { type RefusalCode, refuse } from './codes.ts'

export const databaseAway = (): HttpError =>
  refuse('SERVICE_UNAVAILABLE', 'The database cannot be reached', { retryAfterSecs: 2 })

export const queueAway = (): HttpError =>
  refuse('SERVICE_UNAVAILABLE', 'The queue of the job cannot be reached', { retryAfterSecs: 2 })

export const outcomeUnknown = (cause: unknown): HttpError =>
  refuse('OUTCOME_UNKNOWN', 'The database did not confirm whether this was done', {
    retryAfterSecs: 2,
    cause,
  })

export const tookTooLong = (what: 'query' | 'mutation'): HttpError =>
  refuse('TIMEOUT', `The ${what} took too long`)

export const internalError = (message = 'Something went wrong'): HttpError =>
  refuse('INTERNAL_ERROR', message)

export const queryFailed = (message = 'The query failed'): HttpError =>
  refuse('SUBSCRIPTION_FAILED', message)

/** The refusal is from {@link outcomeUnknown}. Its `cause` is the error of the database. */
export function isOutcomeUnknown({ refusal }: HttpError): boolean {
  return refusal.code === ('OUTCOME_UNKNOWN' satisfies RefusalCode)
}
