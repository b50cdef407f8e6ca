import type { FailureCause } from './backoff.ts'

/** Where the one connection of a client is. Plain data, without secrets: show it as it is. */
export type ConnectionState =
  /** Nothing is followed: no stream is open. `tried` is there while attempts before still count. */
  | { status: 'idle'; tried?: Trying }
  /** The stream is opening. */
  | ({ status: 'connecting' } & Trying)
  /**
   * The session is live since `openedAt`, epoch milliseconds. `attempt` is 0 once everything that is followed
   * is in sync; `tried` is the attempt that led here.
   */
  | { status: 'open'; attempt: number; tried: number; openedAt: number; short: number }
  /** The next attempt comes at `retryAt`, epoch milliseconds; no wake brings it before the server's wish is met. */
  | ({
      status: 'waiting'
      retryAt: number
      serverWaitMs: number
      reason: ConnectionReason
    } & Trying)
  /** The application asked for quiet: `reasons` are the names it gave. */
  | ({ status: 'paused'; reasons: readonly string[]; isWanted: boolean } & Trying)
  /** Nothing is tried any more. `close`: `close()` was called. `reasons` are the pauses that apply again after a reconnect. */
  | ({
      status: 'closed'
      reason: ClosedReason
      reasons: readonly string[]
      isWanted: boolean
    } & Trying)

/** Why a connection waits. `proxy`: something on the way keeps the bytes back, or cuts each stream at once. */
export type ConnectionReason = FailureCause | 'proxy'

/** Why nothing is tried any more. */
export type ClosedReason = 'close' | 'unauthorized' | 'incompatible'

/** What is known of the attempts so far. */
export interface Trying {
  /** From 1. Starts again once a stream has lasted with everything in sync. */
  attempt: number
  /** Since when nothing came, epoch milliseconds; `null` when nothing ever did. */
  lostAt: number | null
  /** How many streams in a row were no use: `connected` did not come in time, or the end within a second. */
  short: number
  /** How many milliseconds of the server's `Retry-After` are left. */
  serverWaitMs: number
}

/** What follows from an event. `command` is `null` when what runs is to go on. */
export interface ConnectionStep {
  state: ConnectionState
  command: ConnectionCommand | null
}

/** The clocks and the random number at the time of an event. */
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
