import { describeError, isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { isDatabaseAway } from '../postgres/failures.ts'
import { checkedRefusal } from '../refusals/checked-refusal.ts'
import { databaseAway, internalError } from '../refusals/failures.ts'

/**
 * The refusal that users see of a failed request, or of one item of a batch.
 *
 * @param maskErrors `false` shows them the message of any error
 */
export function toRequestRefusal(thrown: unknown, maskErrors: boolean): HttpError {
  if (isInstance(thrown, HttpError)) return checkedRefusal(thrown)
  const error = toError(thrown)
  if (isDatabaseAway(error)) return databaseAway()
  return maskErrors ? internalError() : internalError(describeError(error))
}
