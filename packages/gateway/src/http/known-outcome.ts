import { isAnswerLost } from '../postgres/failures.ts'
import { outcomeUnknown } from '../refusals/failures.ts'

/**
 * Makes an idempotent change, and repeats it when the database's answer was lost. Rejects with an
 * {@link HttpError} when the second answer is lost, too: the change may have been made.
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
