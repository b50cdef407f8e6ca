import { RpcError } from '../errors.ts'
import type { FailureCause } from './backoff.ts'
import type { ConnectionNews } from './connection-model.ts'
import { SilenceError } from './silence.ts'

/** The event of a stream that failed or ended for this reason. */
export function failed(cause: FailureCause, retryAfterMs: number | null = null): ConnectionNews {
  return { type: 'failed', cause, retryAfterMs }
}

/** Converts the error of a stream to an event of the connection. */
export function toFailure(error: unknown): ConnectionNews {
  if (error instanceof SilenceError) return failed('silence')
  if (!(error instanceof RpcError)) return failed('network')
  const { code, status, retryAfterMs } = error
  switch (status) {
    case null:
      return failed(code === 'TOKEN' ? 'token' : 'network')
    case 401:
      return { type: 'unauthorized' }
    // [spec] 204 tells an event source to stop reconnecting (HTML, 9.2.3)
    case 204:
    case 406:
    case 410:
      return { type: 'incompatible' }
    case 429:
    case 503: {
      const isFull = code === 'TOO_MANY_SESSIONS'
      return failed(isFull ? 'too_many_sessions' : 'overloaded', retryAfterMs)
    }
    default:
      return failed('refused', retryAfterMs)
  }
}
