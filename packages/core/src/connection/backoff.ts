/** Why a connection is not there. */
export type FailureCause =
  /** No answer, or the bytes stopped with an error. */
  | 'network'
  /** The server, or something on the way, ended the stream. */
  | 'ended'
  /** Nothing came for longer than the server promised. */
  | 'silence'
  /** The application could not say who is asking. */
  | 'token'
  /** The stream opened and `connected` did not come in time. */
  | 'timeout'
  /** The server does not know the session any more. */
  | 'session_lost'
  /** The device or the page is back, and the stream had been silent for too long. */
  | 'wake'
  /** The server answered with an error. */
  | 'refused'
  /** 429 or 503: the server asks for time. */
  | 'overloaded'
  /** 429 `TOO_MANY_SESSIONS`: this user, or this address, has as many streams as the server allows. */
  | 'too_many_sessions'
  /** Somebody else signed in, or nobody is: the session belonged to the user before. */
  | 'token_changed'
  /** The application asked: it resumed, or reconnected after a close. */
  | 'asked'

/** The longest wait that is not the server's own wish, in milliseconds. */
export const maxDelayMs = 20_000

/** The longest wait that a server can ask for, in milliseconds: an hour. */
export const maxRetryAfterMs = 3_600_000

/** Waits start at up to this many milliseconds: a lost session costs nobody, a server that restarts or is full much. */
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

/** What a wait depends on. */
export interface Backoff {
  cause: FailureCause
  /** The attempt that is waited for, from 1. */
  attempt: number
  /** Of the dice: 0 up to, but not, 1. */
  chance: number
  /** The server's own wish (`Retry-After`), in milliseconds; `null` when it has none. */
  retryAfterMs: number | null
}

/**
 * How long to wait before the next attempt, in milliseconds: anything up to a bound that doubles
 * ("full jitter", so that a thousand clients do not come back together), never less than the
 * server asked for, which counts up to an hour.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffDelay({ cause, attempt, chance, retryAfterMs }: Backoff): number {
  const bound = Math.min(maxDelayMs, baseMs[cause] * 2 ** (attempt - 1))
  return Math.max(Math.min(retryAfterMs ?? 0, maxRetryAfterMs), Math.floor(chance * bound))
}
