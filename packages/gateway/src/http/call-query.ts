import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { toRefusal } from '../queries/refusal.ts'
import type { Asked } from '../queries/run-query.ts'
import type { AnswerPlace } from './answer-room.ts'
import type { HttpContext } from './context.ts'

/** What a call answers: a file, or JSON text. */
export type CallAnswer = Blob | { text: string }

/** A query's result, once. Throws an `HttpError` when it fails. */
export async function callQuery(
  { runQuery, options }: HttpContext,
  asked: Asked,
  place: AnswerPlace,
): Promise<CallAnswer> {
  try {
    const { answer } = await runQuery(asked, false)
    if (answer instanceof Blob) return answer
    place.take(Buffer.byteLength(answer))
    return { text: answer }
  } catch (error) {
    if (!isInstance(error, HttpError)) {
      options.logger.warn({ err: toError(error), query: asked.name }, 'a query failed')
    }
    throw toRefusal(error, options.maskErrors)
  }
}
