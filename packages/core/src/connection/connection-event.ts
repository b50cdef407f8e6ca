import type { FailureCause } from './backoff.ts'

/** When something happened, by the clocks and dice of the one who tells it. */
export interface Moment {
  /** Epoch milliseconds, to be shown. */
  at: number
  /** How long the state has lasted, in milliseconds, by a clock that nobody sets. */
  elapsedMs: number
  /** 0 up to, but not, 1. */
  chance: number
}

/** What can happen to a connection. */
export type ConnectionNews =
  /** The first target is to be followed. */
  | { type: 'wanted' }
  /** Nothing was followed for a while. */
  | { type: 'lingered' }
  /** The stream has a session. */
  | { type: 'connected' }
  /** Everything that is followed has its state, or a final refusal. */
  | { type: 'synced' }
  /** The stream could not be had, or ended. `retryAfterMs`: the server's own wish. */
  | { type: 'failed'; cause: FailureCause; retryAfterMs: number | null }
  /** The wait is over. */
  | { type: 'retried' }
  /** The device or the page is back. `isOld`: the stream was silent for longer than its server promised. */
  | { type: 'woken'; isOld: boolean }
  | { type: 'reconnectRequested' }
  | { type: 'paused'; reason: string }
  | { type: 'resumed'; reason: string }
  /** The user changed or signed out: the open stream belongs to the previous one. */
  | { type: 'tokenChanged' }
  /** 401, also with a token that was asked for anew. */
  | { type: 'unauthorized' }
  /** The server says that it will never speak this protocol. */
  | { type: 'incompatible' }
  | { type: 'closed' }

/** What happened to a connection, and when. */
export type ConnectionEvent = ConnectionNews & Moment

/** What the runner is to do; each command ends what the one before it began. */
export type ConnectionCommand =
  | { type: 'open' }
  | { type: 'wait'; delayMs: number }
  | { type: 'stop' }
