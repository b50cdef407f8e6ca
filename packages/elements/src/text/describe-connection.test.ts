import type { ConnectionState } from '@headway/core'
import { expect, it } from 'vitest'
import { connectionMessages } from './connection-messages.ts'
import { type ConnectionText, describeConnection } from './describe-connection.ts'
import { createLanguage } from './language.ts'

const now = Date.parse('2026-01-01T14:00:00')
const tried = { attempt: 1, lostAt: null, short: 0, lost: 0, waitedMs: 0, serverWaitMs: 0 }
const again = { ...tried, attempt: 2, lostAt: now }
const waiting = { ...again, status: 'waiting', retryAt: now + 1_000, reason: 'network' } as const
const closed = { ...tried, status: 'closed', reasons: [], isWanted: true } as const

it.each<[string, ConnectionState, Partial<ConnectionText>]>([
  ['idle', { status: 'idle' }, { status: 'idle', text: 'Not connected' }],
  ['first', { status: 'connecting', ...tried }, { status: 'connecting', canReconnect: false }],
  ['again', { status: 'connecting', ...again }, { status: 'lost', canReconnect: false }],
  [
    'open',
    { status: 'open', attempt: 0, tried: 1, openedAt: now, short: 0, lost: 0, waitedMs: 0 },
    { status: 'open', text: 'Connected' },
  ],
  ['waiting', waiting, { status: 'lost', detail: '', canReconnect: true }],
  [
    'waiting for long',
    { ...waiting, retryAt: now + 180_000, reason: 'overloaded' },
    { detail: 'The server is busy, Next attempt at 2:03 PM' },
  ],
  ['behind a proxy', { ...waiting, reason: 'proxy' }, { detail: 'A proxy holds back the updates' }],
  [
    'with too many tabs',
    { ...waiting, reason: 'too_many_sessions' },
    { detail: 'Too many tabs or devices are connected' },
  ],
  ['paused', { ...tried, status: 'paused', reasons: ['a'], isWanted: true }, { status: 'paused' }],
  ['closed', { ...closed, reason: 'close' }, { status: 'closed', canReconnect: true }],
  ['signed out', { ...closed, reason: 'unauthorized' }, { status: 'closed', canReconnect: false }],
  ['too old', { ...closed, reason: 'incompatible' }, { text: 'Disconnected: reload the page' }],
])('a connection that is %s', (_, state, text) => {
  const described = describeConnection(state, createLanguage('en', connectionMessages), now)
  expect({ ...described, detail: described.detail.replace(/\s/gu, ' ') }).toMatchObject(text)
})
