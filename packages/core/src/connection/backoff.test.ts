import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Backoff, backoffDelay, type FailureCause, maxDelayMs } from './backoff.ts'

const delay = (fields: Partial<Backoff>): number =>
  backoffDelay({ cause: 'network', attempt: 1, chance: 0.5, retryAfterMs: null, ...fields })

describe('backoffDelay', () => {
  it.each<[string, Partial<Backoff>, number]>([
    ['half of 500 ms', { attempt: 1 }, 250],
    ['half of 1 s', { attempt: 2 }, 500],
    ['half of 2 s', { attempt: 3 }, 1_000],
    ['half of the cap', { attempt: 20 }, 10_000],
    [
      'half of the waits so far, from the fourth attempt on',
      { attempt: 4, waitedMs: 3_000 },
      1_500,
    ],
    ['half of the third bound if the waits were short', { attempt: 9, waitedMs: 800 }, 1_000],
    ['half of the doubled bound if the waits were long', { attempt: 4, waitedMs: 9_000 }, 2_000],
    ['half of the cap after long waits', { attempt: 20, waitedMs: 60_000 }, 10_000],
    [
      'half of the third bound of an overloaded server',
      { cause: 'overloaded', attempt: 9, waitedMs: 800 },
      6_000,
    ],
    ['0 if the random number is 0', { attempt: 20, chance: 0 }, 0],
    ['half of 100 ms after a lost session', { cause: 'session_lost' }, 50],
    ['half of 3 s for an overloaded server', { cause: 'overloaded' }, 1_500],
    ['the server’s wait if that is longer', { retryAfterMs: 5_000 }, 5_000],
    ['our wait if the server’s is shorter', { attempt: 6, retryAfterMs: 1_000 }, 8_000],
    ['the server’s wait, also above the cap', { retryAfterMs: 60_000 }, 60_000],
  ])('%s', (_, fields, expected) => {
    expect(delay(fields)).toBe(expected)
  })

  it('stays between 0 and the cap for every cause, attempt and random number', () => {
    const causes = [
      'network',
      'ended',
      'silence',
      'timeout',
      'session_lost',
      'wake',
      'token',
      'refused',
      'overloaded',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...(causes as FailureCause[])),
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (cause, attempt, chance) => {
          const ms = delay({ cause, attempt, chance })
          expect(ms).toBeGreaterThanOrEqual(0)
          expect(ms).toBeLessThan(maxDelayMs)
          expect(Number.isInteger(ms)).toBe(true)
        },
      ),
    )
  })
})
