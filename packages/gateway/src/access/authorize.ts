import type { HttpError } from '../errors.ts'
import { notOwner, ownedRun } from '../refusals/access.ts'
import type { Principal } from './principal.ts'

/** The part of a run that access depends on. */
export interface OwnedRun {
  id: string
  name: string
  /** The id of the principal that started it; `null` when the caller was anonymous. */
  owner: string | null
  /** Who may see it while it has no owner; `null`: all who know its id. */
  readers?: 'admins' | 'everyone' | null
}

/** The request that is checked for a run. */
export type Action = 'read' | 'cancel' | 'retry' | 'event'

/** Gives others the rights of a run's owner. Called when the caller is not the owner. */
export type Authorize = (ask: {
  principal: Principal | null
  run: OwnedRun
  action: Action
}) => boolean | Promise<boolean>

/** The maximum time of `authorize`, in milliseconds. */
export const authorizeMs = 5_000

/**
 * The owner, admins, and callers that `authorize` accepts are allowed. A run without an owner is
 * open to all callers that know its id. Ids of observed jobs can be computed: theirs is for admins,
 * or for everyone to read.
 */
export function isAllowed(
  authorize: Authorize | undefined,
  principal: Principal | null,
  run: OwnedRun,
  action: Action,
): boolean | Promise<boolean> {
  if (run.owner === null && !run.readers) return true
  if (run.owner !== null && run.owner === principal?.id) return true
  if (run.owner === null && run.readers === 'everyone' && action === 'read') return true
  if (principal?.roles.includes('admin')) return true
  // A function that throws at once rejects, too: callers handle failures in one place.
  return authorize ? Promise.resolve().then(() => authorize({ principal, run, action })) : false
}

/** The refusal of an action on a run. An anonymous caller is asked for a token. */
export function notAllowed(principal: Principal | null): HttpError {
  return principal ? notOwner() : ownedRun()
}
