import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type FailureCause, maxDelayMs } from './backoff.ts'
import type { ConnectionEvent, ConnectionNews, ConnectionState } from './connection-model.ts'
import { idleConnection, reduceConnection } from './connection-state.ts'

/*
 * Between two streams there is always a wait, unless the first stream has lasted with everything in
 * sync. Its bound doubles twice, and then grows with the waits so far. This holds for every order
 * of failures, renewed tokens, pauses and closes.
 */

const causes: FailureCause[] = [
  'network',
  'ended',
  'silence',
  'timeout',
  'session_lost',
  'token',
  'refused',
  'overloaded',
  'too_many_sessions',
]
const news: fc.Arbitrary<ConnectionNews> = fc.oneof(
  ...[
    'wanted',
    'lingered',
    'connected',
    'synced',
    'retried',
    'reconnectRequested',
    'tokenChanged',
    'unauthorized',
    'incompatible',
    'closed',
  ].map((type) => fc.constant({ type } as ConnectionNews)),
  fc.record({ type: fc.constant('woken' as const), isOld: fc.boolean() }),
  fc.record({ type: fc.constantFrom('paused', 'resumed'), reason: fc.constantFrom('a', 'b') }),
  fc.record({
    type: fc.constant('failed' as const),
    cause: fc.constantFrom(...causes),
    retryAfterMs: fc.constantFrom(null, null, 0, 7_000, 1e12),
  }),
)
const events: fc.Arbitrary<ConnectionEvent[]> = fc.array(
  fc
    .tuple(news, fc.constantFrom(0, 900, 4_999, 5_000, 59_999, 60_000), fc.nat(1e9))
    .map(([what, elapsedMs, at]) => ({ ...what, elapsedMs, at, chance: 0.99 })),
  { maxLength: 60, size: 'max' },
)

/**
 * True if earlier attempts no longer count: the stream has lasted, or the client was idle for a
 * minute.
 */
function isForgiven(state: ConnectionState, { elapsedMs }: ConnectionEvent): boolean {
  if (state.status === 'open') return elapsedMs >= (state.attempt === 0 ? 5_000 : 60_000)
  return state.status === 'idle' && elapsedMs >= 60_000
}

it('never opens two streams without a growing wait between them', () => {
  let opens = 0
  fc.assert(
    fc.property(events, (happened) => {
      let state: ConnectionState = idleConnection
      /** The attempt of the previous stream, and the longest wait since. `null`: none counts. */
      let attempt: number | null = null
      let longestMs = 0
      /** All waits that count, and the last of them. */
      let waitedMs = 0
      let lastMs = 0
      for (const event of happened) {
        const before = state
        const { state: next, command } = reduceConnection(state, event)
        state = next
        if (isForgiven(before, event) && next.status !== before.status) {
          attempt = null
          waitedMs = 0
        }
        if (command?.type === 'wait') {
          lastMs = command.delayMs
          longestMs = Math.max(longestMs, lastMs)
          waitedMs += lastMs
        }
        if (command?.type !== 'open' || next.status !== 'connecting') continue
        if (attempt !== null) {
          opens += 1
          expect(next.attempt).toBeGreaterThan(attempt)
          // 100 ms is the lowest first bound of all causes.
          const doubled = 100 * 2 ** (next.attempt - 1)
          const bound = Math.min(maxDelayMs, doubled, Math.max(400, waitedMs - lastMs))
          expect(longestMs).toBeGreaterThanOrEqual(Math.floor(0.99 * bound))
        }
        attempt = next.attempt
        longestMs = 0
      }
    }),
    { numRuns: Number(process.env.HEADWAY_RUNS ?? 2_000) },
  )
  // Otherwise the property was tested with hardly any streams.
  expect(opens).toBeGreaterThan(100)
})

it('never waits longer than an hour, even if the server asks for it', () => {
  fc.assert(
    fc.property(events, (happened) => {
      let state: ConnectionState = idleConnection
      for (const event of happened) {
        const step = reduceConnection(state, event)
        state = step.state
        if (step.command?.type === 'wait') {
          expect(step.command.delayMs).toBeLessThanOrEqual(3_600_000)
        }
      }
    }),
  )
})

it('keeps the server’s wait over pauses, releases, wakes and new tokens', () => {
  const pause = fc.constantFrom<ConnectionNews[]>(
    [
      { type: 'paused', reason: 'a' },
      { type: 'resumed', reason: 'a' },
    ],
    [{ type: 'lingered' }, { type: 'wanted' }],
    [{ type: 'tokenChanged' }],
    [{ type: 'woken', isOld: true }],
  )
  fc.assert(
    fc.property(fc.array(pause, { minLength: 1, maxLength: 20 }), (acts) => {
      const moment = { at: 0, elapsedMs: 1_000, chance: 0.5 }
      let state = reduceConnection(idleConnection, { type: 'wanted', ...moment }).state
      const busy = { type: 'failed', cause: 'overloaded', retryAfterMs: 3_600_000 } as const
      state = reduceConnection(state, { ...busy, ...moment }).state
      for (const news of acts.flat()) {
        const step = reduceConnection(state, { ...news, ...moment })
        expect(step.command?.type).not.toBe('open')
        state = step.state
      }
    }),
  )
})
