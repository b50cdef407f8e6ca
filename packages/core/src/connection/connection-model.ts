import type { FailureCause } from './backoff.ts'

/** The state of a client's connection. Plain data without secrets, so you can show it. */
export type ConnectionState =
  /** No stream is open, because nothing is followed. `tried`: earlier attempts that still count. */
  | { status: 'idle'; tried?: Trying }
  /** The stream is opening. */
  | ({ status: 'connecting' } & Trying)
  /**
   * The session is live since `openedAt`, epoch milliseconds. `attempt` is 0 once everything that
   * is followed is in sync. `tried` is the number of the attempt that opened the stream.
   */
  | {
      status: 'open'
      attempt: number
      tried: number
      openedAt: number
      short: number
      lost: number
      waitedMs: number
    }
  /**
   * The next attempt comes at `retryAt`, epoch milliseconds. A wake brings it forward, but not into
   * the `Retry-After` of the server.
   */
  | ({
      status: 'waiting'
      retryAt: number
      serverWaitMs: number
      reason: ConnectionReason
    } & Trying)
  /** The application paused the client, for these `reasons`. `isWanted`: something is followed. */
  | ({ status: 'paused'; reasons: readonly string[]; isWanted: boolean } & Trying)
  /**
   * The client no longer tries to connect. `reasons`: the pauses that apply again after a
   * reconnect. `isWanted`: something is followed.
   */
  | ({
      status: 'closed'
      reason: ClosedReason
      reasons: readonly string[]
      isWanted: boolean
    } & Trying)

/**
 * The reason of a wait. `proxy`: a proxy seems to buffer the bytes, or to cut each stream at once.
 */
export type ConnectionReason = FailureCause | 'proxy'

/**
 * The reason of a closed connection: `close()` was called, the server refused the token, or it does
 * not support this protocol.
 */
export type ClosedReason = 'close' | 'unauthorized' | 'incompatible'

/** The attempts to connect so far. */
export interface Trying {
  /** From 1. Starts again after a stream that has lasted with everything in sync. */
  attempt: number
  /** The time when the stream was lost, epoch milliseconds; `null` if there never was one. */
  lostAt: number | null
  /**
   * Useless streams in a row: `connected` did not come in time, or the end came within a second.
   */
  short: number
  /** Sessions in a row that the server did not know any more soon after they had opened. */
  lost: number
  /**
   * The waits between these attempts together, in milliseconds. A wait that was cut short counts in
   * full.
   */
  waitedMs: number
  /** The rest of the server's `Retry-After`, in milliseconds. */
  serverWaitMs: number
}

/** The result of an event. `command` is `null` if the current effect continues. */
export interface ConnectionStep {
  state: ConnectionState
  command: ConnectionCommand | null
}

/** The clocks and the random number at the time of an event. */
export interface Moment {
  /** Epoch milliseconds, for display. */
  at: number
  /** The time in the current state, in milliseconds, by a clock that is never set. */
  elapsedMs: number
  /** A random number from 0 up to, not including, 1. */
  chance: number
}

/** The events of {@link reduceConnection}, without their {@link Moment}. */
export type ConnectionNews =
  /** The first target is followed. */
  | { type: 'wanted' }
  /** Nothing was followed for a while. */
  | { type: 'lingered' }
  /** The server sent `connected`. */
  | { type: 'connected' }
  /** Every followed target has its state, or a final refusal. */
  | { type: 'synced' }
  /** The stream failed or ended. `retryAfterMs`: the server's `Retry-After`. */
  | { type: 'failed'; cause: FailureCause; retryAfterMs: number | null }
  /** The wait is over. */
  | { type: 'retried' }
  /**
   * The device or the page woke up. `isOld`: the stream was silent for longer than the ping
   * interval.
   */
  | { type: 'woken'; isOld: boolean }
  | { type: 'reconnectRequested' }
  | { type: 'paused'; reason: string }
  | { type: 'resumed'; reason: string }
  /** The user changed or signed out: the open stream belongs to the previous one. */
  | { type: 'tokenChanged' }
  /** The server answered 401 again after the token was renewed. */
  | { type: 'unauthorized' }
  /** The server does not support this protocol. */
  | { type: 'incompatible' }
  | { type: 'closed' }

/** An event and its time. */
export type ConnectionEvent = ConnectionNews & Moment

/** A command to the runner. It ends the effect of the previous command. */
export type ConnectionCommand =
  | { type: 'open' }
  | { type: 'wait'; delayMs: number }
  | { type: 'stop' }
