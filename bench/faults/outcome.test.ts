import { expect, it } from 'vitest'
import { toOutcome } from './outcome.ts'

const done = { clients: 4, shown: 40, ends: 40, backwards: 0, unsteady: 0, at: 5_500 }

it('says how long it took until every screen was right', () => {
  expect(toOutcome(done, 1, 5_000)).toEqual({
    delivered: 1,
    backwards: 0,
    steady: 1,
    rightMs: 500,
    shown: 1,
  })
})

it('takes no time if all was right before', () => {
  expect(toOutcome(done, 1, 6_000)).toMatchObject({ rightMs: 0 })
})

it('has no time for screens that were never right', () => {
  const less = toOutcome({ ...done, ends: 30, backwards: 3, unsteady: 1 }, 0.5, 5_000)
  expect(less).toMatchObject({ delivered: 0.75, backwards: 3, steady: 0.75, shown: 0.5 })
  expect(less.rightMs).toBeNaN()
})
