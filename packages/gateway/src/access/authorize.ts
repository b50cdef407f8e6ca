import type { HttpError } from '../errors.ts'
import { notOwner, ownedRun } from '../refusals/access.ts'
import type { Principal } from './principal.ts'

/** The part of a run that access depends on. */
export interface OwnedRun {
  id: string
  name: string
  /** The id of the principal that started it; `null` when the caller was anonymous. */
  owner: string | null
}

/** The request that is checked for a run. */
export type Action = 'read' | 'cancel' | 'retry' | 'event'

/** Whether somebody may do with a run what its owner may: asked when they are not its owner. */
export type Authorize = (ask: {
  principal: Principal | null
  run: OwnedRun
  action: Action
}) => boolean | Promise<boolean>

/**
 * Whether somebody may: the owner, an admin, whoever `authorize` lets; of a run that nobody owns, whoever
 * knows its id.
 */
export function isAllowed(
  authorize: Authorize | undefined,
  principal: Principal | null,
  run: OwnedRun,
  action: Action,
): boolean | Promise<boolean> {
  if (run.owner === null || run.owner === principal?.id) return true
  if (principal?.roles.includes('admin')) return true
  // What it throws at once is a rejection, too: it has one way to fail.
  return authorize ? Promise.resolve().then(() => authorize({ principal, run, action })) : false
}

/** Why somebody may not: who says nothing of himself may try again with a token. */
export function notAllowed(principal: Principal | null): HttpError {
  return principal ? notOwner() : ownedRun()
}
