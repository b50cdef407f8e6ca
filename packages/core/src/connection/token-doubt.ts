import { endOf } from '../rpc/principal.ts'

/** How long a Forge may keep a stream whose token has ended, in milliseconds: it looks once a minute. */
const keptMs = 120_000

/**
 * When a Forge stream tells nothing, in milliseconds from `now`; `null` when that is over or never comes.
 *
 * A Forge does not take in a renewed token. Once the stream's token has ended it pushes no query any more, and it ends the
 * stream within a minute. A stream that lasts longer has a token that is still good: this device's clock is fast.
 *
 * @param token what the stream was opened with
 * @param now epoch milliseconds
 */
export function doubtOf(
  token: string | null,
  now: number,
): { fromMs: number; untilMs: number } | null {
  const endsAt = token === null ? null : endOf(token)
  if (endsAt === null) return null
  const fromMs = endsAt - now
  const untilMs = fromMs + keptMs
  return untilMs > 0 ? { fromMs, untilMs } : null
}
