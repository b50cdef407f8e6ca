import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import type { AnswerPlace } from '../messages/answer-room.ts'
import { toQueryRefusal } from '../queries/query-refusal.ts'
import type { QueryCall } from '../queries/run-query.ts'
import type { HttpContext } from './context.ts'

/** The answer to a call: a file, or JSON text. A query's has a revision. */
export type CallAnswer = Blob | { text: string; revision?: number }

/** A query's result, once. Throws an `HttpError` when it fails. */
export async function callQuery(
  { runQuery, options }: HttpContext,
  call: QueryCall,
  place: AnswerPlace,
): Promise<CallAnswer> {
  try {
    const { answer, ended } = await runQuery(call, false)
    if (answer instanceof Blob) return answer
    place.take(Buffer.byteLength(answer))
    return { text: answer, revision: ended }
  } catch (error) {
    if (!isInstance(error, HttpError)) {
      options.logger.warn({ err: toError(error), query: call.name }, 'a query failed')
    }
    throw toQueryRefusal(error, options.maskErrors)
  }
}
