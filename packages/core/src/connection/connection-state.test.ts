import { describe, expect, it } from 'vitest'
import {
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionStep,
  reduceConnection,
} from './connection-state.ts'

type Status = ConnectionState['status']
type Type = ConnectionEvent['type']

const states: Record<Status, ConnectionState> = {
  idle: { status: 'idle' },
  connecting: { status: 'connecting', attempt: 3, lostAt: 500 },
  open: { status: 'open', attempt: 3 },
  waiting: { status: 'waiting', attempt: 3, retryAt: 900, reason: 'network', lostAt: 500 },
  closed: { status: 'closed' },
}
const events: Record<Type, ConnectionEvent> = {
  wanted: { type: 'wanted' },
  lingered: { type: 'lingered' },
  connected: { type: 'connected' },
  synced: { type: 'synced' },
  failed: { type: 'failed', cause: 'ended', at: 1_000, chance: 0.5, retryAfterMs: null },
  retried: { type: 'retried' },
  reconnectRequested: { type: 'reconnectRequested' },
  closed: { type: 'closed' },
}

const first = step({ status: 'connecting', attempt: 1, lostAt: null }, { type: 'open' })
const next = step({ status: 'connecting', attempt: 3, lostAt: 500 }, { type: 'open' })
const stopped = step({ status: 'closed' }, { type: 'stop' })
const rested = step({ status: 'idle' }, { type: 'stop' })
/** The fourth attempt comes after half of 500 ms · 2³. */
const waits = (lostAt: number): ConnectionStep =>
  step(
    { status: 'waiting', attempt: 4, retryAt: 3_000, reason: 'ended', lostAt },
    { type: 'wait', delayMs: 2_000 },
  )

const table: Record<Status, Record<Type, ConnectionStep | 'same'>> = {
  idle: {
    wanted: first,
    lingered: 'same',
    connected: 'same',
    synced: 'same',
    failed: 'same',
    retried: 'same',
    reconnectRequested: 'same',
    closed: stopped,
  },
  connecting: {
    wanted: 'same',
    lingered: rested,
    connected: step({ status: 'open', attempt: 3 }, null),
    synced: 'same',
    failed: waits(500),
    retried: 'same',
    reconnectRequested: 'same',
    closed: stopped,
  },
  open: {
    wanted: 'same',
    lingered: rested,
    connected: 'same',
    synced: step({ status: 'open', attempt: 0 }, null),
    failed: waits(1_000),
    retried: 'same',
    reconnectRequested: 'same',
    closed: stopped,
  },
  waiting: {
    wanted: 'same',
    lingered: rested,
    connected: 'same',
    synced: 'same',
    failed: 'same',
    retried: next,
    reconnectRequested: next,
    closed: stopped,
  },
  closed: {
    wanted: 'same',
    lingered: 'same',
    connected: 'same',
    synced: 'same',
    failed: 'same',
    retried: 'same',
    reconnectRequested: first,
    closed: 'same',
  },
}

describe('reduceConnection, every state × every event', () => {
  for (const [status, row] of Object.entries(table)) {
    for (const [type, expected] of Object.entries(row)) {
      const name = expected === 'same' ? 'same' : expected.state.status
      it(`${status} × ${type} → ${name}`, () => {
        const state = states[status as Status]
        const actual = reduceConnection(state, events[type as Type])
        if (expected === 'same') {
          expect(actual.state).toBe(state)
          expect(actual.command).toBeNull()
        } else {
          expect(actual).toEqual(expected)
        }
      })
    }
  }
})

describe('the attempt counter', () => {
  it('goes on counting when a connection opened but nothing came in sync', () => {
    const opened = reduceConnection(states.connecting, events.connected).state
    expect(reduceConnection(opened, events.failed).state).toMatchObject({ attempt: 4 })
  })

  it('starts again once everything was in sync', () => {
    const synced = reduceConnection(states.open, events.synced).state
    expect(reduceConnection(synced, events.failed).state).toMatchObject({ attempt: 1 })
  })
})

function step(state: ConnectionState, command: ConnectionStep['command']): ConnectionStep {
  return { state, command }
}
