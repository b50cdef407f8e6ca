import { asyncScheduler } from 'rxjs'
import { afterEach, expect, it, vi } from 'vitest'
import { createElapsed } from './elapsed.ts'

const hour = 3_600_000

afterEach(() => {
  vi.useRealTimers()
})

it.each([hour, -hour])('ignores that the time of day was moved by %d ms', (byMs) => {
  vi.useFakeTimers()
  const elapsed = createElapsed(asyncScheduler)
  const before = elapsed()
  vi.setSystemTime(Date.now() + byMs)
  expect(elapsed()).toBe(before)
  vi.advanceTimersByTime(500)
  expect(elapsed() - before).toBe(500)
})

it('ignores steps back in the clock of a custom scheduler', () => {
  let now = 5_000
  const elapsed = createElapsed({ now: () => now, schedule: asyncScheduler.schedule })
  now += 100
  expect(elapsed()).toBe(100)
  now -= hour
  expect(elapsed()).toBe(100)
  now += 50
  expect(elapsed()).toBe(150)
})
