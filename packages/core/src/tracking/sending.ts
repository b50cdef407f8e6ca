import { backoffDelay } from '../connection/backoff.ts'
import { RpcError } from '../errors.ts'
import { isSamePrincipal } from '../rpc/principal.ts'
import { pause } from '../rpc/request.ts'
import type { Transport } from '../rpc/transport.ts'

/** A request with one idempotency key, which may be sent again while its outcome is unknown. */
export interface Sending {
  /** The token that it was sent with. */
  token: string | null
  /** The error that made the outcome unknown; `null` while it is known. */
  lost: RpcError | null
}

/**
 * Notes the token that a request goes out with; `undefined` means that nothing goes out yet. Throws
 * the error that lost the answer when the token is another user's: a request that may have been
 * done for one user is not sent for another.
 */
export function noteSent(sending: Sending, token: string | null | undefined): void {
  if (token === undefined) return
  if (sending.lost && !isSamePrincipal(sending.token, token)) throw sending.lost
  sending.token = token
}

/** Waits before the request is sent again. */
export function pauseAfter(
  transport: Transport,
  attempt: number,
  { retryAfterMs }: RpcError,
): Promise<void> {
  const chance = transport.options.random()
  return pause(transport, backoffDelay({ cause: 'network', attempt, chance, retryAfterMs }))
}

/**
 * True if the outcome is unknown: no answer came, a proxy answered, or the server said so.
 *
 * @see PROTOCOL.md, "Unknown outcomes"
 */
export function isLost(error: unknown): error is RpcError {
  if (!(error instanceof RpcError)) return false
  return /^((REQUEST_)?TIMEOUT$|NETWORK$|OUTCOME_UNKNOWN$|HTTP_[235])/.test(error.code)
}

/** 128 random bits. `crypto.randomUUID` is missing on pages without TLS. */
export function createKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
