import { checkedRefusal } from '../checked-refusal.ts'
import { describeError, isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { isDatabaseAway } from '../postgres/failures.ts'

/**
 * Why a request, or one item of a batch, is refused, as far as users may know.
 *
 * @param maskErrors `false`: they may know all of it
 */
export function toRefused(thrown: unknown, maskErrors: boolean): HttpError {
  if (isInstance(thrown, HttpError)) return checkedRefusal(thrown)
  const error = toError(thrown)
  if (isDatabaseAway(error)) return databaseAway
  return maskErrors ? fault : toFault(describeError(error))
}

const databaseAway = new HttpError('The database cannot be reached', {
  status: 503,
  code: 'SERVICE_UNAVAILABLE',
  retryAfterSecs: 2,
})

const fault = toFault('Something went wrong')

function toFault(message: string): HttpError {
  return new HttpError(message, { status: 500, code: 'INTERNAL_ERROR' })
}
