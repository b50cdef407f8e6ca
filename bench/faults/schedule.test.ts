import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { dropsMs, dropTimes, endTimes, jobs, moveEveryMs, shares } from './schedule.ts'

const drops = { downMs: 2_000, everyMs: 6_000, times: 3 }

it('spreads the drops of the clients over the interval', () => {
  expect(dropTimes(0, 4, drops)).toEqual([0, 6_000, 12_000])
  expect(dropTimes(3, 4, drops)).toEqual([4_500, 10_500, 16_500])
})

it('has every client back when the drops are over', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.nat(), (clients, some) => {
      const last = dropTimes(some % clients, clients, drops).at(-1) ?? Number.NaN
      expect(last + drops.downMs).toBeLessThanOrEqual(dropsMs(drops))
    }),
  )
})

it('ends one job after the other, and the last at the end', () => {
  const times = endTimes(1_000)
  expect(times).toHaveLength(jobs)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(times.at(-1)).toBe(1_000)
})

it.each([
  [1, 1_000],
  [400, 1_000],
  [10_000, 25_000],
])('moves each job of %i clients every %i ms', (clients, everyMs) => {
  expect(moveEveryMs(clients)).toBe(everyMs)
})

it('gives every client to one process, none too many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30_000 }), (clients) => {
      let next = 0
      for (const share of shares(clients)) {
        expect(share.first).toBe(next)
        expect(share.clients).toBeLessThanOrEqual(2_500)
        next += share.clients
      }
      expect(next).toBe(clients)
    }),
  )
})
