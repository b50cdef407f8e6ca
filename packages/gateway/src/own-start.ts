import { type FoundStartable, findStartable } from './app/find-startable.ts'
import type { HttpContext } from './http/context.ts'
import { refuse } from './refusals/codes.ts'

/** The definition of a start. Throws an {@link HttpError} if the gateway has none. */
export function findOwn({ options }: Pick<HttpContext, 'options'>, what: unknown): FoundStartable {
  const found = findStartable(options, what)
  if (found) return found
  const given = typeof what === 'string' ? `"${what}"` : 'this definition'
  throw refuse(
    'NOT_FOUND',
    `${given} is not a job or workflow of this gateway: add it to its options`,
  )
}

/** No client can send this one: a key without an owner must be a secret of its client. */
export const ownKey = (owner: string | null, key: string): string =>
  owner === null ? `\0${key}` : key
