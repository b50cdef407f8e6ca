import { asyncScheduler, VirtualTimeScheduler } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { after } from './after.ts'

const day = 24 * 3_600_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** The delay until `after(ms)` emits; `null` if it does not emit within `limitMs`. */
function emitsAfter(ms: number, limitMs: number): number | null {
  const startedAt = Date.now()
  let at: number | null = null
  const waiting = after(ms, asyncScheduler).subscribe(() => {
    at = Date.now() - startedAt
  })
  vi.advanceTimersByTime(limitMs)
  waiting.unsubscribe()
  return at
}

describe('after', () => {
  it.each([
    [0, 0],
    [-5, 0],
    [Number.NaN, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [1_500, 1_500],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [2 ** 31, 2 ** 31 - 1],
    [30 * day, 2 ** 31 - 1],
    [Number.MAX_VALUE, 2 ** 31 - 1],
  ])('a delay of %d ms ends after %d ms', (ms, expected) => {
    expect(emitsAfter(ms, 25 * day)).toBe(expected)
  })

  it('never emits and sets no timer for Infinity', () => {
    expect(emitsAfter(Number.POSITIVE_INFINITY, 100 * day)).toBeNull()
    after(Number.POSITIVE_INFINITY, asyncScheduler).subscribe()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('limits the interval in the same way', () => {
    const scheduler = new VirtualTimeScheduler(undefined, 4 * 2 ** 31)
    const at: number[] = []
    const ticks = after(10, scheduler, 30 * day).subscribe(() => {
      at.push(scheduler.now())
      if (at.length === 3) ticks.unsubscribe()
    })
    scheduler.flush()
    expect(at).toEqual([10, 10 + 2 ** 31 - 1, 10 + 2 * (2 ** 31 - 1)])
  })
})
