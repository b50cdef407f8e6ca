import { HttpError } from '../errors.ts'
import { isDatabaseAway, isTooLate, sqlStateOf } from '../postgres/failures.ts'

/** Why a query fails, as far as it is anybody's business. */
export function toRefusal(error: unknown): HttpError {
  if (error instanceof HttpError) return error
  if (isTooLate(error)) return tooLate('query')
  // [PostgreSQL docs, Appendix A] 25006: it wants to write, and its transaction is read-only.
  if (isDatabaseAway(error) && sqlStateOf(error) !== '25006') {
    return new HttpError('The database cannot be reached', {
      status: 503,
      code: 'SERVICE_UNAVAILABLE',
      retryAfterSecs: 2,
    })
  }
  return new HttpError('The query failed', { status: 500, code: 'SUBSCRIPTION_FAILED' })
}

/** What is asked for cannot be kept live. `why`: as a sentence without its end. */
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
