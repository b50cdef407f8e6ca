import type { ConnectionState } from '@headway/core'
import { expect, it } from 'vitest'
import { connectionText } from './connection-text.ts'

it.each<[ConnectionState, string]>([
  [{ status: 'idle' }, 'Not connected: nothing to follow'],
  [{ status: 'connecting', attempt: 1, lostAt: null }, 'Connecting'],
  [{ status: 'connecting', attempt: 3, lostAt: 1 }, 'Connecting, attempt 3'],
  [{ status: 'open', attempt: 0 }, 'Connected'],
  [
    { status: 'waiting', attempt: 2, retryAt: 3_200, reason: 'network', lostAt: 1 },
    'Lost, the network failed; trying again in 3 s',
  ],
  [
    { status: 'waiting', attempt: 2, retryAt: 0, reason: 'overloaded', lostAt: 1 },
    'Lost, the server is busy; trying again in 0 s',
  ],
])('%j', (state, expected) => {
  expect(connectionText(state, 1_000)).toBe(expected)
})
