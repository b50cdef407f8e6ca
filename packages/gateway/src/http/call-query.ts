import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { toRefusal } from '../queries/refusal.ts'
import type { Asked } from '../queries/run-query.ts'
import type { HttpContext } from './context.ts'

/** A query's result, once: JSON, or a file. Throws an `HttpError` when it fails. */
export async function callQuery(
  { runQuery, options }: HttpContext,
  asked: Asked,
): Promise<unknown> {
  try {
    const { answer } = await runQuery(asked, false)
    return answer instanceof Blob ? answer : JSON.parse(answer)
  } catch (error) {
    if (!isInstance(error, HttpError)) {
      options.logger.warn({ err: toError(error), query: asked.name }, 'a query failed')
    }
    throw toRefusal(error, options.maskErrors)
  }
}
