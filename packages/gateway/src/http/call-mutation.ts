import type { Principal } from '../access/principal.ts'
import type { AnyMutation } from '../app/mutation.ts'
import { HttpError } from '../errors.ts'
import type { HttpContext } from './context.ts'

/** A mutation's result. Throws an {@link HttpError} when it took too long; what else it throws is a fault. */
export async function callMutation(
  { mutate }: HttpContext,
  definition: AnyMutation,
  principal: Principal | null,
  input: unknown,
): Promise<unknown> {
  try {
    return JSON.parse(await mutate(definition, principal, input))
  } catch (error) {
    const isLate = error instanceof Error && 'code' in error && error.code === '57014'
    if (!isLate) throw error
    throw new HttpError('The mutation took too long', { status: 504, code: 'TIMEOUT' })
  }
}
