import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type FailureCause, maxDelayMs } from './backoff.ts'
import type { ConnectionEvent, ConnectionNews, ConnectionState } from './connection-model.ts'
import { idleConnection, reduceConnection } from './connection-state.ts'

/*
 * However a connection is lost, renewed, paused, closed and asked for, no stream follows another without a wait
 * whose bound has grown since, unless the one before has lasted with everything in sync.
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

/** Whether what was tried before counts no more: a stream that has lasted ends, or nothing was tried for a minute. */
function isForgiven(state: ConnectionState, { elapsedMs }: ConnectionEvent): boolean {
  if (state.status === 'open') return elapsedMs >= (state.attempt === 0 ? 5_000 : 60_000)
  return state.status === 'idle' && elapsedMs >= 60_000
}

it('no path opens twice without a wait that has grown', () => {
  let opens = 0
  fc.assert(
    fc.property(events, (happened) => {
      let state: ConnectionState = idleConnection
      /** The attempt of the stream before, and the longest wait since; `null` when there is none that counts. */
      let attempt: number | null = null
      let waitedMs = 0
      for (const event of happened) {
        const before = state
        const { state: next, command } = reduceConnection(state, event)
        state = next
        if (isForgiven(before, event) && next.status !== before.status) attempt = null
        if (command?.type === 'wait') waitedMs = Math.max(waitedMs, command.delayMs)
        if (command?.type !== 'open' || next.status !== 'connecting') continue
        if (attempt !== null) {
          opens += 1
          expect(next.attempt).toBeGreaterThan(attempt)
          // Of causes that cost nobody the bound is lower: it doubles all the same, up to the cap.
          const bound = Math.min(maxDelayMs, 100 * 2 ** (next.attempt - 1))
          expect(waitedMs).toBeGreaterThanOrEqual(Math.floor(0.99 * bound))
        }
        attempt = next.attempt
        waitedMs = 0
      }
    }),
    { numRuns: Number(process.env.HEADWAY_RUNS ?? 2_000) },
  )
  // The property is about something.
  expect(opens).toBeGreaterThan(100)
})

it('and no wait is longer than an hour, whatever a server asks for', () => {
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

it('what a server asked for holds, however the application pauses, leaves and comes back', () => {
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
