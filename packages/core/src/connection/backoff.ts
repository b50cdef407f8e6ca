/** The reason why a stream failed or ended. */
export type FailureCause =
  /** No answer came, or the stream broke off with an error. */
  | 'network'
  /** The server or a proxy ended the stream. */
  | 'ended'
  /** Nothing came for longer than the server's ping interval allows. */
  | 'silence'
  /** The `token` option failed. */
  | 'token'
  /** The stream opened, but `connected` did not come in time. */
  | 'timeout'
  /** The server no longer knows the session. */
  | 'session_lost'
  /** The device or the page woke up, and the stream had been silent for too long. */
  | 'wake'
  /** The server answered with an error. */
  | 'refused'
  /** The server answered 429 or 503. */
  | 'overloaded'
  /**
   * 429 `TOO_MANY_SESSIONS`: this user or this address has reached the server's limit of streams.
   */
  | 'too_many_sessions'
  /** The user changed or signed out: the session belongs to the previous user. */
  | 'token_changed'
  /** The application resumed, or reconnected after a close. */
  | 'asked'

/** The longest wait of our own, in milliseconds. A server can ask for a longer one. */
export const maxDelayMs = 20_000

/** The longest wait that a server can ask for, in milliseconds: an hour. */
export const maxRetryAfterMs = 3_600_000

/**
 * The upper bound of the first wait, in milliseconds. It is low where a new stream costs the server
 * little, and high where the server restarts or is full.
 */
const baseMs: Record<FailureCause, number> = {
  session_lost: 100,
  wake: 100,
  token_changed: 100,
  asked: 100,
  network: 500,
  silence: 500,
  timeout: 500,
  token: 500,
  ended: 1_000,
  refused: 1_000,
  overloaded: 3_000,
  too_many_sessions: 3_000,
}

/** The input of {@link backoffDelay}. */
export interface Backoff {
  cause: FailureCause
  /** The next attempt, from 1. */
  attempt: number
  /** The sum of the earlier waits, in milliseconds. Default: too long to lower the bound. */
  waitedMs?: number
  /** A random number from 0 up to, not including, 1. */
  chance: number
  /** The server's `Retry-After`, in milliseconds; `null` without one. */
  retryAfterMs: number | null
}

/**
 * The wait before the next attempt, in milliseconds: a random part of a bound ("full jitter", so
 * that a thousand clients do not come back together). At least the server's `Retry-After`, of which
 * at most an hour counts.
 *
 * The bound doubles with each attempt. From the fourth on it is no longer than all earlier waits
 * together, or than the third bound. So nobody waits much longer than the outage has lasted, while
 * a server that is down for long is asked as rarely as with doubling alone.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffDelay(backoff: Backoff): number {
  const { cause, attempt, waitedMs = maxDelayMs, chance, retryAfterMs } = backoff
  const base = baseMs[cause]
  const bound = Math.min(maxDelayMs, base * 2 ** (attempt - 1), Math.max(base * 4, waitedMs))
  return Math.max(Math.min(retryAfterMs ?? 0, maxRetryAfterMs), Math.floor(chance * bound))
}
