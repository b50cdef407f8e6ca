import { describe, expect, it } from 'vitest'
import {
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionStep,
  isProxied,
  reduceConnection,
} from './connection-state.ts'

type Status = ConnectionState['status']
type Type = ConnectionEvent['type']

const trying = { attempt: 3, lostAt: 500, short: 0 }
const states: Record<Status, ConnectionState> = {
  idle: { status: 'idle' },
  connecting: { status: 'connecting', ...trying },
  open: { status: 'open', attempt: 3, openedAt: 0, short: 0 },
  waiting: { status: 'waiting', ...trying, retryAt: 900, notBefore: 800, reason: 'network' },
  paused: { status: 'paused', reasons: ['a'], isWanted: true, lostAt: 500 },
  closed: { status: 'closed', reason: 'close', isWanted: true },
}
const events: Record<Type, ConnectionEvent> = {
  wanted: { type: 'wanted' },
  lingered: { type: 'lingered' },
  connected: { type: 'connected', at: 700 },
  synced: { type: 'synced' },
  failed: { type: 'failed', cause: 'network', at: 1_000, chance: 0.5, retryAfterMs: null },
  retried: { type: 'retried' },
  woken: { type: 'woken', at: 1_000, chance: 0.5, isOld: true },
  reconnectRequested: { type: 'reconnectRequested' },
  paused: { type: 'paused', reason: 'b', at: 1_000 },
  resumed: { type: 'resumed', reason: 'a' },
  tokenChanged: { type: 'tokenChanged' },
  unauthorized: { type: 'unauthorized' },
  incompatible: { type: 'incompatible' },
  closed: { type: 'closed' },
}

const open = { type: 'open' } as const
const stop = { type: 'stop' } as const
const fresh = (lostAt: number | null): ConnectionStep =>
  step({ status: 'connecting', attempt: 1, lostAt, short: 0 }, open)
const next = step({ status: 'connecting', ...trying }, open)
const closed = (
  reason: 'close' | 'unauthorized' | 'incompatible',
  isWanted = true,
): ConnectionStep => step({ status: 'closed', reason, isWanted }, stop)
const rested = step({ status: 'idle' }, stop)
const quiet = (isWanted: boolean, lostAt: number | null): ConnectionStep =>
  step({ status: 'paused', reasons: ['b'], isWanted, lostAt }, stop)
/** The fourth attempt comes after half of the bound: 500 ms · 2³, or 100 ms · 2³ after a wake. */
const waits = (lostAt: number, reason: 'network' | 'wake', delayMs: number): ConnectionStep =>
  step(
    {
      status: 'waiting',
      attempt: 4,
      retryAt: 1_000 + delayMs,
      notBefore: 1_000,
      reason,
      lostAt,
      short: 0,
    },
    { type: 'wait', delayMs },
  )

const table: Record<Status, Record<Type, ConnectionStep | 'same'>> = {
  idle: {
    wanted: fresh(null),
    lingered: 'same',
    connected: 'same',
    synced: 'same',
    failed: 'same',
    retried: 'same',
    woken: 'same',
    reconnectRequested: 'same',
    paused: quiet(false, null),
    resumed: 'same',
    tokenChanged: 'same',
    unauthorized: 'same',
    incompatible: 'same',
    closed: closed('close', false),
  },
  connecting: {
    wanted: 'same',
    lingered: rested,
    connected: step({ status: 'open', attempt: 3, openedAt: 700, short: 0 }, null),
    synced: 'same',
    failed: waits(500, 'network', 2_000),
    retried: 'same',
    woken: 'same',
    reconnectRequested: 'same',
    paused: quiet(true, 500),
    resumed: 'same',
    tokenChanged: fresh(500),
    unauthorized: closed('unauthorized'),
    incompatible: closed('incompatible'),
    closed: closed('close'),
  },
  open: {
    wanted: 'same',
    lingered: rested,
    connected: 'same',
    synced: step({ status: 'open', attempt: 0, openedAt: 0, short: 0 }, null),
    failed: waits(1_000, 'network', 2_000),
    retried: 'same',
    woken: waits(1_000, 'wake', 400),
    reconnectRequested: 'same',
    paused: quiet(true, 1_000),
    resumed: 'same',
    tokenChanged: fresh(null),
    unauthorized: closed('unauthorized'),
    incompatible: closed('incompatible'),
    closed: closed('close'),
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
    paused: quiet(true, 500),
    resumed: 'same',
    tokenChanged: fresh(500),
    unauthorized: 'same',
    incompatible: 'same',
    closed: closed('close'),
  },
  paused: {
    wanted: 'same',
    lingered: step({ status: 'paused', reasons: ['a'], isWanted: false, lostAt: 500 }, null),
    connected: 'same',
    synced: 'same',
    failed: 'same',
    retried: 'same',
    woken: 'same',
    reconnectRequested: 'same',
    paused: step({ status: 'paused', reasons: ['a', 'b'], isWanted: true, lostAt: 500 }, null),
    resumed: fresh(500),
    tokenChanged: 'same',
    unauthorized: 'same',
    incompatible: 'same',
    closed: closed('close'),
  },
  closed: {
    wanted: 'same',
    lingered: step({ status: 'closed', reason: 'close', isWanted: false }, null),
    connected: 'same',
    synced: 'same',
    failed: 'same',
    retried: 'same',
    woken: 'same',
    reconnectRequested: fresh(null),
    paused: 'same',
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

describe('the attempt counter', () => {
  it('goes on counting when a connection opened but nothing came in sync', () => {
    const opened = after(states.connecting, events.connected)
    expect(after(opened, events.failed)).toMatchObject({ attempt: 4 })
  })

  it('starts again once everything was in sync', () => {
    const synced = after(states.open, events.synced)
    expect(after(synced, events.failed)).toMatchObject({ attempt: 1 })
  })
})

describe('waking', () => {
  it('does not break a stream that was heard lately', () => {
    const woken = { ...events.woken, isOld: false } as ConnectionEvent
    expect(after(states.open, woken)).toBe(states.open)
  })

  it('does not hurry a server that asked for time; the user may', () => {
    const early = { ...events.woken, at: 700 } as ConnectionEvent
    expect(after(states.waiting, early)).toBe(states.waiting)
    expect(after(states.waiting, events.reconnectRequested).status).toBe('connecting')
  })
})

describe('pausing', () => {
  it('ends with the last reason, and each reason counts once', () => {
    const twice = after(states.paused, events.paused, events.paused)
    expect(twice).toMatchObject({ reasons: ['a', 'b'] })
    expect(after(twice, events.resumed)).toMatchObject({ status: 'paused', reasons: ['b'] })
    expect(after(twice, events.resumed, { type: 'resumed', reason: 'b' }).status).toBe('connecting')
  })

  it('of what nobody wants ends idle', () => {
    const unwanted = after(states.paused, events.lingered)
    expect(after(unwanted, events.resumed)).toEqual({ status: 'idle' })
    expect(after(unwanted, events.wanted, events.resumed).status).toBe('connecting')
  })
})

describe('being refused', () => {
  const refused = after(states.connecting, events.unauthorized)

  it('lasts until there is another token, or the user asks', () => {
    expect(after(refused, events.woken, events.wanted, events.retried)).toEqual(refused)
    expect(after(refused, events.tokenChanged)).toMatchObject({ status: 'connecting', attempt: 1 })
    expect(after(refused, events.reconnectRequested).status).toBe('connecting')
  })

  it('becomes a close when the application closes', () => {
    expect(after(refused, events.closed)).toMatchObject({ status: 'closed', reason: 'close' })
  })
})

describe('a proxy that keeps the bytes back', () => {
  const failed = (cause: 'timeout' | 'ended' | 'network', at: number): ConnectionEvent => ({
    type: 'failed',
    cause,
    at,
    chance: 0,
    retryAfterMs: null,
  })
  const again = (...tries: ConnectionEvent[][]): ConnectionState =>
    tries.reduce<ConnectionState>((state, happened) => after(state, events.retried, ...happened), {
      ...states.waiting,
      short: 0,
    } as ConnectionState)

  it('is suspected after three streams without `connected`', () => {
    const state = again([failed('timeout', 0)], [failed('timeout', 0)], [failed('timeout', 0)])
    expect(state).toMatchObject({ status: 'waiting', reason: 'proxy', short: 3 })
    expect(isProxied(state)).toBe(true)
  })

  it('is suspected after three streams that ended within a second', () => {
    const short = [events.connected, failed('ended', 1_600)]
    expect(again(short, short)).toMatchObject({ reason: 'ended' })
    expect(again(short, short, short)).toMatchObject({ reason: 'proxy' })
  })

  it('is cleared by a stream that lasted, and a lost network proves nothing', () => {
    const short = [events.connected, failed('ended', 1_600)]
    const long = [events.connected, failed('ended', 1_700)]
    expect(again(short, short, long, short)).toMatchObject({ reason: 'ended', short: 1 })
    expect(again(short, short, [failed('network', 0)])).toMatchObject({ short: 2 })
  })
})

function after(state: ConnectionState, ...happened: ConnectionEvent[]): ConnectionState {
  return happened.reduce((before, event) => reduceConnection(before, event).state, state)
}

function step(state: ConnectionState, command: ConnectionStep['command']): ConnectionStep {
  return { state, command }
}
