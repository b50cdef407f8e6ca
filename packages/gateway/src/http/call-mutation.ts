import type { Principal } from '../access/principal.ts'
import type { AnyMutation } from '../app/mutation.ts'
import { toError } from '../describe-error.ts'
import { isTooLate } from '../postgres/failures.ts'
import { tooLate } from '../queries/refusal.ts'
import type { HttpContext } from './context.ts'

/** A mutation's result: JSON, or a file. Throws an `HttpError` when it took too long; what else it throws is a fault. */
export async function callMutation(
  { mutate }: HttpContext,
  definition: AnyMutation,
  principal: Principal | null,
  input: unknown,
): Promise<unknown> {
  try {
    const answer = await mutate(definition, principal, input)
    return answer instanceof Blob ? answer : JSON.parse(answer)
  } catch (error) {
    throw isTooLate(toError(error)) ? tooLate('mutation') : error
  }
}
