import { describeError, isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { isDatabaseAway } from '../postgres/failures.ts'
import { checkedRefusal } from '../refusals/checked-refusal.ts'
import { databaseAway, internalError } from '../refusals/failures.ts'

/**
 * Why a request, or one item of a batch, is refused, as far as users may know.
 *
 * @param maskErrors `false`: they may know all of it
 */
export function toRequestRefusal(thrown: unknown, maskErrors: boolean): HttpError {
  if (isInstance(thrown, HttpError)) return checkedRefusal(thrown)
  const error = toError(thrown)
  if (isDatabaseAway(error)) return databaseAway()
  return maskErrors ? internalError() : internalError(describeError(error))
}
