import { expect, it } from 'vitest'
import { createServerClock } from './server-clock.ts'

it('trusts the device’s clock until the server’s time is heard', () => {
  const clock = createServerClock(() => 10_000)
  expect(clock.offsetMs).toBe(0)
  clock.hear(undefined)
  clock.hear(Number.NaN)
  expect(clock.offsetMs).toBe(0)
})

it.each([
  ['the device is ahead', 4_000, 6_000],
  ['the device is behind', 16_000, -6_000],
  ['both are equal, but for the way', 9_800, 0],
])('%s', (_, serverMs, offsetMs) => {
  const clock = createServerClock(() => 10_000)
  clock.hear(serverMs)
  expect(clock.offsetMs).toBe(offsetMs)
})

it('stays as it is while the difference changes no more than the network does', () => {
  let now = 10_000
  const clock = createServerClock(() => now)
  clock.hear(4_000)
  now = 20_000
  clock.hear(14_000 - 250)
  expect(clock.offsetMs).toBe(6_000)
  clock.hear(14_000 - 251)
  expect(clock.offsetMs).toBe(6_251)
})
