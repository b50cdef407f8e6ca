import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type FailureCause, maxDelayMs } from './backoff.ts'
import type { ConnectionEvent, ConnectionNews, ConnectionState } from './connection-model.ts'
import { idleConnection, reduceConnection } from './connection-state.ts'

/*
 * However a connection is lost, renewed, paused, closed and asked for, no stream follows another without a wait
 * whose bound has grown since, unless the one before has lasted with everything in sync.
 */

const causes: FailureCause[] = ['network', 'ended', 'silence', 'timeout', 'session_lost', 'token']
const news: fc.Arbitrary<ConnectionNews> = fc.oneof(
  ...[
    'wanted',
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
    .tuple(news, fc.constantFrom(0, 900, 4_999), fc.nat(1e9))
    .map(([what, elapsedMs, at]) => ({ ...what, elapsedMs, at, chance: 0.99 })),
  { maxLength: 60, size: 'max' },
)

it('no path opens twice without a wait that has grown', () => {
  fc.assert(
    fc.property(events, (happened) => {
      let state: ConnectionState = idleConnection
      /** The attempt and the longest wait of the stream before, and whether one was waited for since. */
      let opened: { attempt: number; delayMs: number } | null = null
      let waited: number | null = null
      for (const event of happened) {
        const { state: next, command } = reduceConnection(state, event)
        state = next
        if (command?.type === 'wait') waited = Math.max(waited ?? 0, command.delayMs)
        if (command?.type !== 'open' || next.status !== 'connecting') continue
        if (opened) {
          expect(next.attempt).toBeGreaterThan(opened.attempt)
          expect(waited).not.toBeNull()
          // Of causes that cost nobody the bound is lower: it doubles all the same, up to the cap.
          const bound = Math.min(maxDelayMs, 100 * 2 ** (next.attempt - 1))
          expect(waited).toBeGreaterThanOrEqual(Math.floor(0.99 * bound))
        }
        opened = { attempt: next.attempt, delayMs: waited ?? 0 }
        waited = null
      }
    }),
    { numRuns: Number(process.env.HEADWAY_RUNS ?? 2_000) },
  )
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
