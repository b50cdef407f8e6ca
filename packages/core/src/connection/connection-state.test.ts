import { describe, expect, it } from 'vitest'
import type {
  ClosedReason,
  ConnectionEvent,
  ConnectionNews,
  ConnectionState,
  ConnectionStep,
  Moment,
} from './connection-model.ts'
import { isProxied, reduceConnection } from './connection-state.ts'

type Status = ConnectionState['status']
type Type = ConnectionNews['type']

const trying = { attempt: 3, lostAt: 500, short: 0, serverWaitMs: 0 }
const states: Record<Status, ConnectionState> = {
  idle: { status: 'idle' },
  connecting: { status: 'connecting', ...trying },
  open: { status: 'open', attempt: 3, tried: 3, openedAt: 0, short: 0 },
  waiting: { status: 'waiting', ...trying, retryAt: 900, serverWaitMs: 800, reason: 'network' },
  paused: { status: 'paused', reasons: ['a'], isWanted: true, ...trying },
  closed: { status: 'closed', reason: 'close', reasons: [], isWanted: true, ...trying },
}
const moment: Moment = { at: 1_000, elapsedMs: 1_000, chance: 0.5 }
const events: Record<Type, ConnectionEvent> = {
  wanted: { type: 'wanted', ...moment },
  lingered: { type: 'lingered', ...moment },
  connected: { type: 'connected', ...moment, at: 700 },
  synced: { type: 'synced', ...moment },
  failed: { type: 'failed', cause: 'network', retryAfterMs: null, ...moment },
  retried: { type: 'retried', ...moment },
  woken: { type: 'woken', isOld: true, ...moment },
  reconnectRequested: { type: 'reconnectRequested', ...moment },
  paused: { type: 'paused', reason: 'b', ...moment },
  resumed: { type: 'resumed', reason: 'a', ...moment },
  tokenChanged: { type: 'tokenChanged', ...moment },
  unauthorized: { type: 'unauthorized', ...moment },
  incompatible: { type: 'incompatible', ...moment },
  closed: { type: 'closed', ...moment },
}

const open = { type: 'open' } as const
const stop = { type: 'stop' } as const
const fresh = step(
  { status: 'connecting', attempt: 1, lostAt: null, short: 0, serverWaitMs: 0 },
  open,
)
const next = step({ status: 'connecting', ...trying }, open)
const nothing = { attempt: 0, lostAt: null, short: 0, serverWaitMs: 0 }
const closed = (reason: ClosedReason, isWanted = true, tried: object = trying): ConnectionStep =>
  step({ status: 'closed', reason, reasons: [], isWanted, ...trying, ...tried }, stop)
const rested = step({ status: 'idle', tried: trying }, stop)
const quiet = (isWanted: boolean, tried: object = trying): ConnectionStep =>
  step({ status: 'paused', reasons: ['b'], isWanted, ...trying, ...tried }, stop)
/** The fourth attempt comes after half of the bound: 500 ms · 2³, or 100 ms · 2³ of what costs nobody. */
const waits = (
  lostAt: number,
  reason: 'network' | 'wake' | 'token_changed' | 'asked',
): ConnectionStep => {
  const delayMs = reason === 'network' ? 2_000 : 400
  const state = {
    status: 'waiting',
    attempt: 4,
    lostAt,
    short: 0,
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
    connected: step({ status: 'open', attempt: 3, tried: 3, openedAt: 700, short: 0 }, null),
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
    synced: step({ status: 'open', attempt: 0, tried: 3, openedAt: 0, short: 0 }, null),
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

describe('the attempt counter', () => {
  it('goes on counting when a connection opened but nothing came in sync', () => {
    const opened = after(states.connecting, events.connected)
    expect(after(opened, events.failed)).toMatchObject({ attempt: 4 })
  })

  it('starts again once a stream has lasted with everything in sync', () => {
    const synced = after(states.open, events.synced)
    expect(after(synced, { ...events.failed, elapsedMs: 5_000 })).toMatchObject({ attempt: 1 })
    expect(after(synced, { ...events.failed, elapsedMs: 4_999 })).toMatchObject({ attempt: 4 })
  })

  it('goes on counting over a pause, a close, and another user', () => {
    const { paused, resumed, closed, reconnectRequested, tokenChanged, retried } = events
    const resume = { ...resumed, reason: 'b' } as ConnectionEvent
    expect(after(states.open, paused, resume)).toMatchObject({ status: 'waiting', attempt: 4 })
    const again = [closed, reconnectRequested]
    expect(after(states.open, ...again)).toMatchObject({ status: 'waiting', attempt: 4 })
    const twice = [tokenChanged, retried, tokenChanged]
    expect(after(states.open, ...twice)).toMatchObject({ status: 'waiting', attempt: 5 })
  })
})

describe('what is not followed any more', () => {
  it('rests without a memory after a stream that has lasted, or once nothing was tried for long', () => {
    const synced = after(states.open, events.synced)
    const rested = after(synced, { ...events.lingered, elapsedMs: 30_000 })
    expect(rested).toEqual({ status: 'idle' })
    expect(after(states.waiting, events.lingered)).toEqual({ status: 'idle', tried: trying })
    const wanted = { ...events.wanted, elapsedMs: 60_000 }
    expect(after(states.waiting, events.lingered, wanted)).toMatchObject({ attempt: 1 })
    expect(after(states.waiting, events.lingered, events.wanted)).toMatchObject({ attempt: 4 })
  })
})

describe('another stream that somebody wants', () => {
  it('comes at once where the dice say so', () => {
    const chance = 0
    expect(reduceConnection(states.open, { ...events.tokenChanged, chance })).toEqual(
      step({ status: 'connecting', attempt: 4, lostAt: 1_000, short: 0, serverWaitMs: 0 }, open),
    )
  })

  it('is not hurried by another token, but where the token was missing', () => {
    expect(after(states.waiting, events.tokenChanged)).toBe(states.waiting)
    const waiting = { ...states.waiting, reason: 'token' } as ConnectionState
    expect(after(waiting, events.tokenChanged)).toMatchObject({ reason: 'token_changed' })
  })
})

describe('waking', () => {
  it('does not break a stream that was heard lately', () => {
    const woken = { ...events.woken, isOld: false } as ConnectionEvent
    expect(after(states.open, woken)).toBe(states.open)
  })

  it('does not hurry a server that asked for time; the user may', () => {
    const early = { ...events.woken, elapsedMs: 700 }
    expect(after(states.waiting, early)).toBe(states.waiting)
    expect(after(states.waiting, events.reconnectRequested).status).toBe('connecting')
  })
})

describe('pausing', () => {
  it('ends with the last reason, and each reason counts once', () => {
    const twice = after(states.paused, events.paused, events.paused)
    expect(twice).toMatchObject({ reasons: ['a', 'b'] })
    const once = after(twice, events.resumed)
    expect(once).toMatchObject({ status: 'paused', reasons: ['b'] })
    const last = { ...events.resumed, reason: 'b' } as ConnectionEvent
    expect(after(once, last).status).toBe('waiting')
  })

  it('of what nobody wants ends idle', () => {
    const unwanted = after(states.paused, events.lingered)
    expect(after(unwanted, events.resumed)).toEqual({ status: 'idle', tried: trying })
    expect(after(unwanted, events.wanted, events.resumed).status).toBe('waiting')
  })
})

describe('being refused', () => {
  const refused = after(states.connecting, events.unauthorized)

  it('lasts until there is another token, or the user asks', () => {
    expect(after(refused, events.woken, events.wanted, events.retried)).toEqual(refused)
    expect(after(refused, events.tokenChanged)).toMatchObject({ status: 'waiting', attempt: 4 })
    expect(after(refused, events.reconnectRequested).status).toBe('waiting')
  })

  it('becomes a close when the application closes', () => {
    expect(after(refused, events.closed)).toMatchObject({ status: 'closed', reason: 'close' })
  })
})

describe('a proxy that keeps the bytes back', () => {
  const failed = (cause: 'timeout' | 'ended' | 'network', elapsedMs: number): ConnectionEvent => ({
    type: 'failed',
    cause,
    retryAfterMs: null,
    at: 0,
    elapsedMs,
    chance: 0,
  })
  const again = (...tries: ConnectionEvent[][]): ConnectionState =>
    tries.reduce<ConnectionState>(
      (state, happened) => after(state, events.retried, ...happened),
      states.waiting,
    )

  it('is suspected after three streams without `connected`', () => {
    const state = again([failed('timeout', 0)], [failed('timeout', 0)], [failed('timeout', 0)])
    expect(state).toMatchObject({ status: 'waiting', reason: 'proxy', short: 3 })
    expect(isProxied(state)).toBe(true)
  })

  it('is suspected after three streams that ended within a second', () => {
    const short = [events.connected, failed('ended', 999)]
    expect(again(short, short)).toMatchObject({ reason: 'ended' })
    expect(again(short, short, short)).toMatchObject({ reason: 'proxy' })
  })

  it('is cleared by a stream that lasted, and a lost network proves nothing', () => {
    const short = [events.connected, failed('ended', 999)]
    const long = [events.connected, failed('ended', 1_000)]
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
