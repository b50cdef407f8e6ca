import { TimeoutError } from 'rxjs'
import { HeadwayError, RpcError } from '../errors.ts'
import type { FailureCause } from './backoff.ts'
import { SilenceError } from './silence.ts'

/** The other side ended the stream without a word. A stream's end is never a job's end. */
export class StreamEnded extends HeadwayError {
  override readonly name = 'StreamEnded'
}

/** The server does not know the session (any more): a new one is needed. */
export class SessionLost extends HeadwayError {
  override readonly name = 'SessionLost'
}

/** What a stream's error means to the connection. */
export interface Failure {
  cause: FailureCause
  /** How long the server asks to wait, in milliseconds; `null` when it did not say. */
  retryAfterMs: number | null
}

/** Reads the error a stream ended with. */
export function toFailure(error: unknown): Failure {
  if (error instanceof RpcError && error.status !== null) {
    const isOverloaded = error.status === 429 || error.status === 503
    return { cause: isOverloaded ? 'overloaded' : 'refused', retryAfterMs: error.retryAfterMs }
  }
  return { cause: causeOf(error), retryAfterMs: null }
}

function causeOf(error: unknown): FailureCause {
  if (error instanceof StreamEnded) return 'ended'
  if (error instanceof TimeoutError) return 'timeout'
  if (error instanceof SilenceError) return 'silence'
  return error instanceof SessionLost ? 'session_lost' : 'network'
}
