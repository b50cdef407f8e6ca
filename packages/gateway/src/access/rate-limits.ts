import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { ResolvedCallRules } from '../app/call-rules.ts'
import { HttpError } from '../errors.ts'
import { type Asker, nameAsker } from './principal.ts'

/** Counts a call. Rejects with an {@link HttpError}, 429, once somebody has called something too often. */
export type CountCall = (name: string, rules: ResolvedCallRules, asker: Asker) => Promise<void>

/** Counts the calls of one gateway: a user's, and of those that are nobody's those of an address. */
export function createRateLimits(): CountCall {
  const limiters = new Map<string, RateLimiterMemory>()
  return async (name, { rateLimit }, { principal, ip }) => {
    if (!rateLimit) return
    const { calls, perSecs } = rateLimit
    const limiter =
      limiters.get(name) ?? new RateLimiterMemory({ points: calls, duration: perSecs })
    limiters.set(name, limiter)
    try {
      await limiter.consume(nameAsker({ principal, ip }))
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      throw new HttpError(`${name} may be called ${calls} times in ${perSecs} s`, {
        status: 429,
        code: 'RATE_LIMITED',
        retryAfterSecs: Math.ceil(error.msBeforeNext / 1_000),
      })
    }
  }
}
