import { expect, it } from 'vitest'
import { createFixedWindow } from './fixed-window.ts'

it('lets so many through in its time, and says when the next one may come', () => {
  let at = 0
  const count = createFixedWindow({ calls: 2, perSecs: 10 }, 100, () => at)
  expect([count('a'), count('a'), count('b')]).toEqual([0, 0, 0])
  at = 4_000
  expect([count('a'), count('b'), count('b')]).toEqual([6_000, 0, 6_000])
  at = 10_000
  expect([count('a'), count('b')]).toEqual([0, 0])
})

it('keeps no more keys than it may: the oldest begins anew', () => {
  const count = createFixedWindow({ calls: 1, perSecs: 10 }, 2, () => 0)
  expect([count('a'), count('b'), count('c')]).toEqual([0, 0, 0])
  expect(count('c')).toBe(10_000)
  expect(count('a')).toBe(0)
  expect(count('c')).toBe(10_000)
})
