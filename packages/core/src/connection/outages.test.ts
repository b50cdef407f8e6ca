import fc from 'fast-check'
import { expect, it } from 'vitest'
import { maxDelayMs } from './backoff.ts'
import type { ConnectionEvent, ConnectionNews, ConnectionState } from './connection-model.ts'
import { idleConnection, reduceConnection } from './connection-state.ts'

/*
 * Outages as clients live through them: each attempt fails at once while the server is away. A
 * short outage is over soon after its end, and a long one is not asked about all the time.
 */

/** A client whose stream has lasted for an hour with everything in sync, and breaks at 0. */
function createPage(random: () => number) {
  let state: ConnectionState = idleConnection
  let now = -3_600_000
  let enteredAt = now
  const dispatch = (news: ConnectionNews): number | null => {
    const elapsedMs = now - enteredAt
    const event: ConnectionEvent = { ...news, at: now, elapsedMs, chance: random() }
    const step = reduceConnection(state, event)
    if (step.command || step.state.status !== state.status) enteredAt = now
    state = step.state
    return step.command?.type === 'wait' ? step.command.delayMs : null
  }
  const live = (): void => {
    dispatch({ type: 'connected' })
    dispatch({ type: 'synced' })
  }
  /** Loses its stream now. Tries until `endsAt`, and returns when it is back, and its attempts. */
  const loseUntil = (endsAt: number): { at: number; attempts: number } => {
    for (let attempts = 1; ; attempts += 1) {
      const delayMs = dispatch({ type: 'failed', cause: 'network', retryAfterMs: null })
      now += delayMs ?? 0
      dispatch({ type: 'retried' })
      if (now < endsAt) continue
      live()
      return { at: now, attempts }
    }
  }
  const sleep = (ms: number): void => {
    now += ms
  }
  dispatch({ type: 'wanted' })
  live()
  now = 0
  return { loseUntil, dispatch, sleep, now: () => now }
}

/** Random numbers that are the same in each run. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** What an outage does to this many clients. */
function sufferOutage(outageMs: number, clients: number) {
  const random = createRandom(7)
  const pages = Array.from({ length: clients }, () => createPage(random).loseUntil(outageMs))
  const back = pages.map(({ at }) => at - outageMs).sort((a, b) => a - b)
  const perSecond = new Map<number, number>()
  for (const ms of back) {
    const second = Math.floor(ms / 1_000)
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
  }
  return {
    medianMs: back[clients >> 1] ?? Number.NaN,
    worstMs: back.at(-1) ?? Number.NaN,
    attempts: pages.reduce((sum, page) => sum + page.attempts, 0) / clients,
    /** The part of the clients that came back in the second in which most did. */
    herd: Math.max(...perSecond.values()) / clients,
  }
}

it('is back at most as long after an outage as it lasted, or after two seconds', () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const chances = fc.array(chance, { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60_000 }), chances, (outageMs, dice) => {
      let thrown = 0
      // The last one ends each outage: a client that always throws 0 never waits.
      const page = createPage(() => dice[thrown++] ?? 0.9)
      const { at } = page.loseUntil(outageMs)
      expect(at - outageMs).toBeLessThanOrEqual(Math.min(maxDelayMs, Math.max(2_000, outageMs)))
    }),
  )
})

it('heals an outage of two seconds within two more', () => {
  const { medianMs, worstMs, attempts } = sufferOutage(2_000, 10_000)
  expect(medianMs).toBeLessThan(1_000)
  expect(worstMs).toBeLessThan(2_000)
  expect(attempts).toBeLessThan(5)
})

it('asks a server that is away for half a minute about eleven times, and comes back spread out', () => {
  const { worstMs, attempts, herd } = sufferOutage(30_000, 10_000)
  expect(worstMs).toBeLessThan(maxDelayMs)
  expect(attempts).toBeLessThan(12)
  expect(herd).toBeLessThan(0.11)
})

it('asks a server that is away for an hour every ten seconds, and comes back spread out', () => {
  const { worstMs, attempts, herd } = sufferOutage(3_600_000, 1_000)
  expect(worstMs).toBeLessThan(maxDelayMs)
  expect(attempts).toBeLessThan(400)
  expect(herd).toBeLessThan(0.11)
})

it('opens fewer and fewer streams if each one is cut after a second', () => {
  const page = createPage(createRandom(7))
  const minutes = [1, 2, 3, 4].map((minute) => {
    let streams = 0
    while (page.now() < minute * 60_000) {
      page.loseUntil(page.now())
      page.sleep(1_000)
      streams += 1
    }
    return streams
  })
  expect(minutes[0]).toBeLessThan(20)
  for (const streams of minutes.slice(1)) expect(streams).toBeLessThan(10)
})

it('forgets the outage once a stream has lasted', () => {
  const page = createPage(() => 0.999)
  page.loseUntil(120_000)
  page.sleep(5_000)
  const lostAt = page.now()
  expect(page.loseUntil(lostAt + 2_000).at - lostAt).toBeLessThan(4_000)
})

it.each([
  ['after a night', 8 * 3_600_000],
  ['at once', 0],
])('tries at once when the device wakes %s, and then waits as before', (_, asleepMs) => {
  const page = createPage(() => 0.999)
  const lose = (): number | null =>
    page.dispatch({ type: 'failed', cause: 'network', retryAfterMs: null })
  const waitsMs = [1, 2, 3].map(() => {
    const delayMs = lose()
    page.sleep(delayMs ?? 0)
    page.dispatch({ type: 'retried' })
    return delayMs
  })
  expect(waitsMs).toEqual([499, 999, 1_998])
  // It falls asleep in the fourth wait. Its network comes back after the device.
  expect(lose()).toBe(3_492)
  page.sleep(asleepMs)
  page.dispatch({ type: 'woken', isOld: false })
  expect(lose()).toBe(6_981)
})
