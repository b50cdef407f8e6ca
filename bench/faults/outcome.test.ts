import { expect, it } from 'vitest'
import { toOutcome } from './outcome.ts'

/** Two jobs that ended at 1 and 2 s, on two clients; both showed the second end late. */
const played = { jobs: { endedAt: [1_000, 2_000] }, shown: 1 }
const endedAt = [
  [1_001, 999],
  [5_000, 5_500],
]
const done = { clients: 2, shown: 4, ends: 4, backwards: 0, unsteady: 0, at: 5_500, endedAt }

it('says how long it took until every screen was right, and until an end was shown', () => {
  expect(toOutcome(played, done, 5_000)).toEqual({
    delivered: 1,
    backwards: 0,
    steady: 1,
    rightMs: 500,
    endMs: 3_500,
    shown: 1,
  })
})

it('takes no time if all was right before', () => {
  expect(toOutcome(played, done, 6_000)).toMatchObject({ rightMs: 0 })
})

it('has no times for ends that never came', () => {
  const lost = { ...done, ends: 3, backwards: 3, unsteady: 1, endedAt: [[1_001], [5_000, 5_500]] }
  const less = toOutcome({ ...played, shown: 0.5 }, lost, 5_000)
  expect(less).toMatchObject({ delivered: 0.75, backwards: 3, steady: 0.5, shown: 0.5 })
  expect(less.rightMs).toBeNaN()
  expect(less.endMs).toBeNaN()
})
