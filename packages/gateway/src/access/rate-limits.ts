import { rateLimited } from '../refusals/access.ts'
import type { RateLimit } from './call-rules.ts'
import { createFixedWindow, type FixedWindow } from './fixed-window.ts'
import { type Asker, nameAsker } from './principal.ts'

/**
 * Counts a call. Rejects with an {@link HttpError}, 429, when a caller has called a function too
 * often.
 *
 * @param isAgain whether a start with the same key was made before. Ten times as many of those are
 * let in, counted apart, so that a client can repeat the last start it was allowed
 */
export type CountCall = (
  name: string,
  rateLimit: RateLimit,
  asker: Asker,
  isAgain: boolean,
) => Promise<void>

/**
 * The maximum number of users, and of addresses, that are counted per function at the same time.
 */
const maxKeys = 50_000

/** The number of times that each start may be sent again. */
const timesAgain = 10

/** Counts the calls of one gateway, by user, and by address for anonymous callers. */
export function createRateLimits(): CountCall {
  const counts = new Map<string, FixedWindow>()
  return async (name, rateLimit, asker, isAgain) => {
    const { perSecs } = rateLimit
    const calls = rateLimit.calls * (isAgain ? timesAgain : 1)
    // Addresses apart from users: a client with many addresses must not push out the counts of
    // users.
    const group = JSON.stringify([name, isAgain, asker.principal === null])
    const count = counts.get(group) ?? createFixedWindow({ calls, perSecs }, maxKeys)
    counts.set(group, count)
    const waitMs = count(nameAsker(asker))
    if (waitMs === 0) return
    throw rateLimited(name, calls, perSecs, waitMs)
  }
}
