import { describe, expect, it } from 'vitest'
import { after, events, states, trying } from '../../test/support/connection-states.ts'
import type { FailureCause } from './backoff.ts'
import type { ConnectionEvent, ConnectionState } from './connection-model.ts'
import { isPolled, reduceConnection } from './connection-state.ts'

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
    expect(reduceConnection(states.open, { ...events.tokenChanged, chance })).toEqual({
      state: {
        status: 'connecting',
        attempt: 4,
        lostAt: 1_000,
        short: 0,
        lost: 0,
        waitedMs: 3_000,
        serverWaitMs: 0,
      },
      command: { type: 'open' },
    })
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

/** A stream that failed after this time in its state. */
const failed = (cause: FailureCause, elapsedMs: number): ConnectionEvent => ({
  type: 'failed',
  cause,
  retryAfterMs: null,
  at: 0,
  elapsedMs,
  chance: 0,
})
/** The state after several attempts, each with these events. */
const again = (...tries: ConnectionEvent[][]): ConnectionState =>
  tries.reduce<ConnectionState>(
    (state, happened) => after(state, events.retried, ...happened),
    states.waiting,
  )

describe('a proxy that keeps the bytes back', () => {
  it('is suspected after three streams without `connected`', () => {
    const state = again([failed('timeout', 0)], [failed('timeout', 0)], [failed('timeout', 0)])
    expect(state).toMatchObject({ status: 'waiting', reason: 'proxy', short: 3, lost: 0 })
    expect(isPolled(state)).toBe(true)
  })

  it('is suspected after three streams that ended within a second', () => {
    const short = [events.connected, failed('ended', 999)]
    expect(again(short, short)).toMatchObject({ reason: 'ended' })
    expect(again(short, short, short)).toMatchObject({ reason: 'proxy' })
  })

  it('is cleared by a stream that lasted, and a lost network proves nothing', () => {
    const short = [events.connected, failed('ended', 999)]
    const long = [events.connected, failed('ended', 1_000)]
    expect(again(short, short, long, short)).toMatchObject({ reason: 'ended', short: 1, lost: 0 })
    expect(again(short, short, [failed('network', 0)])).toMatchObject({ short: 2, lost: 0 })
  })
})

describe('sessions that are lost as soon as they open', () => {
  const lostAfterMs = (elapsedMs: number) => failed('session_lost', elapsedMs)
  const soon = [events.connected, lostAfterMs(4_999)]

  it('two in a row mean that snapshots are polled, with the reason', () => {
    expect(isPolled(again(soon))).toBe(false)
    const twice = again(soon, soon)
    expect(twice).toMatchObject({ reason: 'session_lost', lost: 2 })
    expect(isPolled(twice)).toBe(true)
  })

  it('they are polled while the next one opens, until it is in sync', () => {
    const opening = after(again(soon, soon), events.retried, events.connected)
    expect(isPolled(opening)).toBe(true)
    expect(isPolled(after(opening, events.synced))).toBe(false)
  })

  it('one that lasted breaks the row; a stream that broke off does not', () => {
    expect(again(soon, [events.connected, lostAfterMs(5_000)], soon)).toMatchObject({ lost: 1 })
    const brokeOff = [events.connected, { ...events.failed, elapsedMs: 10 } as ConnectionEvent]
    expect(again(soon, brokeOff, soon)).toMatchObject({ lost: 2 })
  })

  it('the waits between them grow', () => {
    const waits = [1, 2, 3, 4].map((times) => {
      const state = again(
        ...Array.from({ length: times }, () => [
          events.connected,
          { ...lostAfterMs(10), chance: 0.999 },
        ]),
      )
      return state.status === 'waiting' ? state.retryAt : 0
    })
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(new Set(waits).size).toBe(4)
  })
})
