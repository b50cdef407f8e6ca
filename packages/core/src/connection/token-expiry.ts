import { Subscription } from 'rxjs'
import { endOf } from '../rpc/principal.ts'
import type { Transport } from '../rpc/transport.ts'
import { after } from '../time/after.ts'
import { isForge, type Session } from './session.ts'

/**
 * A Forge ends a stream at most this long after its token, in milliseconds: it checks once a
 * minute.
 */
const maxPastEndMs = 120_000

/**
 * Reports `token_expired` when the token of a Forge stream ends. Forge ignores renewed tokens on an
 * open stream: it stops pushing queries when the token ends, and closes the stream within a minute.
 * If the stream outlives that time, this device's clock is fast and the token is still valid: then
 * it reports `null`.
 *
 * @param onFreshness receives the reason why states may be old; `null` when they are fresh again
 */
export function watchTokenExpiry(
  { options: { scheduler } }: Transport,
  session: Session,
  token: string | null | undefined,
  onFreshness: (reason: string | null) => void,
): Subscription {
  const endsAt = token ? endOf(token) : null
  if (!isForge(session) || endsAt === null) return Subscription.EMPTY
  const leftMs = endsAt - scheduler.now()
  const doubtEndsMs = leftMs + maxPastEndMs
  if (doubtEndsMs <= 0) return Subscription.EMPTY
  const both = new Subscription()
  both.add(after(leftMs, scheduler).subscribe(() => onFreshness('token_expired')))
  both.add(after(doubtEndsMs, scheduler).subscribe(() => onFreshness(null)))
  return both
}
