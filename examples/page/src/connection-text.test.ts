import type { ClosedReason, ConnectionReason, ConnectionState } from '@headway/core'
import { expect, it } from 'vitest'
import { connectionText } from './connection-text.ts'

const first = { lostAt: null, short: 0, lost: 0, waitedMs: 0, serverWaitMs: 0 }
const waiting = (
  reason: ConnectionReason,
  retryAt: number,
  lostAt: number | null = null,
): ConnectionState => ({ status: 'waiting', attempt: 2, retryAt, reason, ...first, lostAt })

const closed = (reason: ClosedReason): ConnectionState => ({
  status: 'closed',
  reason,
  reasons: [],
  isWanted: true,
  attempt: 1,
  ...first,
})

it.each<[ConnectionState, string]>([
  [{ status: 'idle' }, 'Not connected: nothing to follow'],
  [{ status: 'connecting', attempt: 1, ...first }, 'Connecting'],
  [{ status: 'connecting', attempt: 3, ...first }, 'Connecting, attempt 3'],
  [
    { status: 'open', attempt: 0, tried: 1, openedAt: 0, short: 0, lost: 0, waitedMs: 0 },
    'Connected',
  ],
  [
    { status: 'connecting', attempt: 3, ...first, lostAt: -11_500 },
    'Lost 12 s ago; connecting, attempt 3',
  ],
  [waiting('network', 3_200, 0), 'Lost 1 s ago, the network failed; trying again in 3 s'],
  [waiting('overloaded', 0), 'Not connected, the server is busy; trying again in 0 s'],
  [{ status: 'paused', reasons: ['hidden'], isWanted: true, attempt: 0, ...first }, 'Paused'],
  [closed('close'), 'Closed'],
  [closed('unauthorized'), 'Closed: sign in again'],
])('%j', (state, expected) => {
  expect(connectionText(state, 1_000)).toBe(expected)
})
