import { HeadwayError, RpcError } from '../errors.ts'
import type { ConnectionNews } from './connection-model.ts'
import { SilenceError } from './silence.ts'

/** The other side ended the stream without a word. A stream's end is never a job's end. */
export class StreamEnded extends HeadwayError {
  override readonly name = 'StreamEnded'
}

/** The stream was opened, and `connected` did not come in time. */
export class ConnectTimeout extends HeadwayError {
  override readonly name = 'ConnectTimeout'
}

/** The server does not know the session (any more): a new one is needed. */
export class SessionLost extends HeadwayError {
  override readonly name = 'SessionLost'
}

/** What it means to the connection that its stream, or its session, ended with `error`. */
export function toFailure(error: unknown): ConnectionNews {
  const failed = (cause: Failed['cause'], retryAfterMs: number | null = null): Failed => {
    return { type: 'failed', cause, retryAfterMs }
  }
  if (error instanceof RpcError) {
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
      case 503:
        return failed('overloaded', retryAfterMs)
      default:
        return failed('refused', retryAfterMs)
    }
  }
  if (error instanceof StreamEnded) return failed('ended')
  if (error instanceof ConnectTimeout) return failed('timeout')
  if (error instanceof SilenceError) return failed('silence')
  return failed(error instanceof SessionLost ? 'session_lost' : 'network')
}

type Failed = Extract<ConnectionNews, { type: 'failed' }>
