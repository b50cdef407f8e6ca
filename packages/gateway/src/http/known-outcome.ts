import { HttpError } from '../errors.ts'
import { isAnswerLost } from '../postgres/failures.ts'

/**
 * Makes a change that changes nothing the second time, and makes it again when the database's answer
 * was lost. Rejects with an {@link HttpError} when the second answer does not come either: the
 * change may have been made.
 *
 * @see PROTOCOL.md, "Unknown outcomes"
 */
export async function withKnownOutcome<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change()
  } catch (error) {
    if (!isAnswerLost(error)) throw error
    return change().catch((cause: unknown) => {
      throw outcomeUnknown(cause)
    })
  }
}

const code = 'OUTCOME_UNKNOWN'

/** The database was lost before it said whether it had made a change. */
export function outcomeUnknown(cause: unknown): HttpError {
  const refusal = { status: 503, code, retryAfterSecs: 2 }
  return new HttpError('The database did not say whether this was done', refusal, { cause })
}

/** Whether a refusal was made by {@link outcomeUnknown}. Its `cause` says why the database was lost. */
export function isOutcomeUnknown({ refusal }: HttpError): boolean {
  return refusal.code === code
}
