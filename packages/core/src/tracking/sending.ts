import { backoffDelay } from '../connection/backoff.ts'
import { RpcError } from '../errors.ts'
import { isSamePrincipal } from '../rpc/principal.ts'
import { pause } from '../rpc/request.ts'
import type { Transport } from '../rpc/transport.ts'

/** A request that is sent again, under one key and for one user, while nobody knows its outcome. */
export interface Sending {
  /** Whom it was sent for. */
  token: string | null
  /** Why nobody knows what the server did; `null` while that is known. */
  lost: RpcError | null
}

/**
 * Notes the token that a request is sent with. What may have been done for one user is not done for
 * another: when the token is another user's, this throws the error by which the answer was lost.
 * `undefined`: nothing is sent yet.
 */
export function noteSent(sending: Sending, token: string | null | undefined): void {
  if (token === undefined) return
  if (sending.lost && !isSamePrincipal(sending.token, token)) throw sending.lost
  sending.token = token
}

/** Waits until it may be sent again. */
export function pauseAfter(
  transport: Transport,
  attempt: number,
  { retryAfterMs }: RpcError,
): Promise<void> {
  const chance = transport.options.random()
  return pause(transport, backoffDelay({ cause: 'network', attempt, chance, retryAfterMs }))
}

/**
 * Whether nobody knows what the server did: there was no answer, a proxy gave it, or the server said
 * that it does not know.
 *
 * @see PROTOCOL.md, "Unknown outcomes"
 */
export function isLost(error: unknown): error is RpcError {
  if (!(error instanceof RpcError)) return false
  return /^((REQUEST_)?TIMEOUT$|NETWORK$|OUTCOME_UNKNOWN$|HTTP_[235])/.test(error.code)
}

/** 128 bits that nobody else has. `crypto.randomUUID` is missing on pages without TLS. */
export function createKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
