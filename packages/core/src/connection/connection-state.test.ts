import { describe, expect, it } from 'vitest'
import { events, states, trying } from '../../test/support/connection-states.ts'
import type {
  ClosedReason,
  ConnectionNews,
  ConnectionState,
  ConnectionStep,
} from './connection-model.ts'
import { reduceConnection } from './connection-state.ts'

type Status = ConnectionState['status']
type Type = ConnectionNews['type']

const open = { type: 'open' } as const
const stop = { type: 'stop' } as const
const fresh = step(
  {
    status: 'connecting',
    attempt: 1,
    lostAt: null,
    short: 0,
    lost: 0,
    waitedMs: 0,
    serverWaitMs: 0,
  },
  open,
)
const next = step({ status: 'connecting', ...trying }, open)
const nothing = { attempt: 0, lostAt: null, short: 0, lost: 0, waitedMs: 0, serverWaitMs: 0 }
const closed = (reason: ClosedReason, isWanted = true, tried: object = trying): ConnectionStep =>
  step({ status: 'closed', reason, reasons: [], isWanted, ...trying, ...tried }, stop)
const rested = step({ status: 'idle', tried: trying }, stop)
const quiet = (isWanted: boolean, tried: object = trying): ConnectionStep =>
  step({ status: 'paused', reasons: ['b'], isWanted, ...trying, ...tried }, stop)
/** The fourth attempt comes after half of the bound: the 3 s waited so far, or 100 ms · 2³. */
const waits = (
  lostAt: number,
  reason: 'network' | 'wake' | 'token_changed' | 'asked',
): ConnectionStep => {
  const delayMs = reason === 'network' ? 1_500 : 400
  const state = {
    status: 'waiting',
    attempt: 4,
    lostAt,
    short: 0,
    lost: 0,
    waitedMs: 3_000 + delayMs,
    serverWaitMs: 0,
    reason,
  } as const
  return step({ ...state, retryAt: 1_000 + delayMs }, { type: 'wait', delayMs })
}

const table: Record<Status, Record<Type, ConnectionStep | 'same'>> = {
  idle: {
    wanted: fresh,
    lingered: 'same',
    connected: 'same',
    synced: 'same',
    failed: 'same',
    retried: 'same',
    woken: 'same',
    reconnectRequested: 'same',
    paused: quiet(false, nothing),
    resumed: 'same',
    tokenChanged: 'same',
    unauthorized: 'same',
    incompatible: 'same',
    closed: closed('close', false, nothing),
  },
  connecting: {
    wanted: 'same',
    lingered: rested,
    connected: step(
      { status: 'open', attempt: 3, tried: 3, openedAt: 700, short: 0, lost: 0, waitedMs: 3_000 },
      null,
    ),
    synced: 'same',
    failed: waits(500, 'network'),
    retried: 'same',
    woken: 'same',
    reconnectRequested: 'same',
    paused: quiet(true),
    resumed: 'same',
    tokenChanged: waits(500, 'token_changed'),
    unauthorized: closed('unauthorized'),
    incompatible: closed('incompatible'),
    closed: closed('close'),
  },
  open: {
    wanted: 'same',
    lingered: step({ status: 'idle', tried: { ...trying, lostAt: 1_000 } }, stop),
    connected: 'same',
    synced: step(
      { status: 'open', attempt: 0, tried: 3, openedAt: 0, short: 0, lost: 0, waitedMs: 3_000 },
      null,
    ),
    failed: waits(1_000, 'network'),
    retried: 'same',
    woken: waits(1_000, 'wake'),
    reconnectRequested: 'same',
    paused: quiet(true, { lostAt: 1_000 }),
    resumed: 'same',
    tokenChanged: waits(1_000, 'token_changed'),
    unauthorized: closed('unauthorized', true, { ...trying, lostAt: 1_000 }),
    incompatible: closed('incompatible', true, { ...trying, lostAt: 1_000 }),
    closed: closed('close', true, { ...trying, lostAt: 1_000 }),
  },
  waiting: {
    wanted: 'same',
    lingered: rested,
    connected: 'same',
    synced: 'same',
    failed: 'same',
    retried: next,
    woken: next,
    reconnectRequested: next,
    paused: quiet(true),
    resumed: 'same',
    tokenChanged: 'same',
    unauthorized: 'same',
    incompatible: 'same',
    closed: closed('close'),
  },
  paused: {
    wanted: 'same',
    lingered: step({ status: 'paused', reasons: ['a'], isWanted: false, ...trying }, null),
    connected: 'same',
    synced: 'same',
    failed: 'same',
    retried: 'same',
    woken: 'same',
    reconnectRequested: 'same',
    paused: step({ status: 'paused', reasons: ['a', 'b'], isWanted: true, ...trying }, null),
    resumed: waits(500, 'asked'),
    tokenChanged: 'same',
    unauthorized: 'same',
    incompatible: 'same',
    closed: closed('close', true, { reasons: ['a'] }),
  },
  closed: {
    wanted: 'same',
    lingered: step(
      { status: 'closed', reason: 'close', reasons: [], isWanted: false, ...trying },
      null,
    ),
    connected: 'same',
    synced: 'same',
    failed: 'same',
    retried: 'same',
    woken: 'same',
    reconnectRequested: waits(500, 'asked'),
    paused: step(
      { status: 'closed', reason: 'close', reasons: ['b'], isWanted: true, ...trying },
      null,
    ),
    resumed: 'same',
    tokenChanged: 'same',
    unauthorized: 'same',
    incompatible: 'same',
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

function step(state: ConnectionState, command: ConnectionStep['command']): ConnectionStep {
  return { state, command }
}
