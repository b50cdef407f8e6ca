import { checkedRefusal } from '../checked-refusal.ts'
import { describeError, isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { isDatabaseAway, isTooLate, sqlStateOf } from '../postgres/failures.ts'

/**
 * Why a query fails, as far as users may know.
 *
 * @param maskErrors `false`: they may know all of it
 */
export function toRefusal(thrown: unknown, maskErrors: boolean): HttpError {
  if (isInstance(thrown, HttpError)) return checkedRefusal(thrown)
  const error = toError(thrown)
  if (isTooLate(error)) return tooLate('query')
  // [PostgreSQL docs, Appendix A] 25006: the query writes in its read-only transaction.
  if (isDatabaseAway(error) && sqlStateOf(error) !== '25006') {
    return new HttpError('The database cannot be reached', {
      status: 503,
      code: 'SERVICE_UNAVAILABLE',
      retryAfterSecs: 2,
    })
  }
  const message = maskErrors ? 'The query failed' : describeError(error)
  return new HttpError(message, { status: 500, code: 'SUBSCRIPTION_FAILED' })
}

/** A query cannot be watched. `why`: a sentence without its full stop. */
export function notWatchable(why: string, cause?: unknown): HttpError {
  return new HttpError(
    `${why}: call it, it cannot be watched`,
    { status: 400, code: 'INVALID_ARGUMENT' },
    { cause },
  )
}

/** Something took longer than it may. */
export function tooLate(what: 'query' | 'mutation'): HttpError {
  return new HttpError(`The ${what} took too long`, { status: 504, code: 'TIMEOUT' })
}
