import type { Asker } from '../access/principal.ts'
import type { AnyMutation } from '../app/mutation.ts'
import { isInstance, toError } from '../describe-error.ts'
import type { AnswerPlace } from '../messages/answer-room.ts'
import { isTooLate } from '../postgres/failures.ts'
import { CommitLost } from '../postgres/in-transaction.ts'
import { outcomeUnknown, tookTooLong } from '../refusals/failures.ts'
import type { CallAnswer } from './call-query.ts'
import type { HttpContext } from './context.ts'

/**
 * The result of a mutation. Throws an `HttpError` when it took too long, when the database did not
 * confirm its commit, and, before it runs, while too many answers of earlier mutations are unread.
 * Any other error is answered as an internal error.
 */
export async function callMutation(
  { mutate }: HttpContext,
  definition: AnyMutation,
  asker: Asker,
  input: unknown,
  place: AnswerPlace,
): Promise<CallAnswer> {
  try {
    // Checked when its turn comes: while it waited for a connection, other answers may have filled
    // the room.
    const run: AnyMutation['run'] = (given) => {
      place.checkHold()
      return definition.run(given)
    }
    const answer = await mutate({ ...definition, run }, asker, input)
    if (answer instanceof Blob) return answer
    place.hold(Buffer.byteLength(answer))
    return { text: answer }
  } catch (error) {
    if (isInstance(error, CommitLost)) throw outcomeUnknown(error)
    throw isTooLate(toError(error)) ? tookTooLong('mutation') : error
  }
}
