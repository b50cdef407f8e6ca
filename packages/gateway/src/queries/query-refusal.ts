import { describeError, isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { isDatabaseAway, isTooLate, sqlStateOf } from '../postgres/failures.ts'
import { checkedRefusal } from '../refusals/checked-refusal.ts'
import { databaseAway, queryFailed, tookTooLong } from '../refusals/failures.ts'

/**
 * The refusal that users see of a failed query.
 *
 * @param maskErrors `false` shows them the message of any error
 */
export function toQueryRefusal(thrown: unknown, maskErrors: boolean): HttpError {
  if (isInstance(thrown, HttpError)) return checkedRefusal(thrown)
  const error = toError(thrown)
  if (isTooLate(error)) return tookTooLong('query')
  // [PostgreSQL docs, Appendix A] 25006: the query writes in its read-only transaction.
  if (isDatabaseAway(error) && sqlStateOf(error) !== '25006') return databaseAway()
  return maskErrors ? queryFailed() : queryFailed(describeError(error))
}
