import type { RpcError } from '../errors.ts'
import type { FollowEvent } from '../state/run-state.ts'
import type { Sync } from '../state/sync.ts'
import { syncOnFailure } from './sync-changes.ts'

/** The end of one registration request. Only `failed` is tried again on the same session. */
export type RegistrationAnswer =
  | { type: 'answered'; snapshot: unknown }
  /** The server has no such run. */
  | { type: 'missed'; error: RpcError }
  /** The server does not let this client follow the target. */
  | { type: 'refused'; error: RpcError }
  /** The server does not know the session. */
  | { type: 'sessionLost'; error: RpcError }
  | { type: 'failed'; error: RpcError }

/** An answer about the target itself. */
export type TargetAnswer = Exclude<RegistrationAnswer, { type: 'sessionLost' }>

/**
 * The event of an answer.
 *
 * @param doubt why the server cannot read changes; `null` while it can
 */
export function toFollowEvent(
  answer: TargetAnswer,
  sync: Sync,
  at: number,
  doubt: string | null,
): FollowEvent<unknown> {
  switch (answer.type) {
    case 'answered':
      return { type: 'answered', snapshot: answer.snapshot, at, doubt }
    case 'missed':
      return { type: 'missed', error: answer.error, at }
    case 'refused':
      return { type: 'refused', error: answer.error, at }
    case 'failed':
      return { type: 'syncChanged', sync: syncOnFailure(sync, at, answer.error.code) }
  }
}
