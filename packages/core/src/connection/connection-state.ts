import { backoffDelay, type FailureCause, maxRetryAfterMs } from './backoff.ts'
import type { ConnectionCommand, ConnectionEvent, Moment } from './connection-event.ts'

/*
 *            wanted                  connected
 *   idle ──────────────► connecting ────────────► open ⟲ synced: attempt 0
 *    ▲                    ▲      │                  │
 *    │      retried, woken │      │ failed           │ failed, woken with old bytes (cause `wake`),
 *    │ reconnectRequested │      ▼ tokenChanged      ▼ tokenChanged
 *    │                   waiting ◄───────────────────┘
 *    │                    ▲ │
 *    └──── lingered ──────┼─┴── (also from connecting and open)
 *                         │
 *   paused ── resumed, of the last reason ──┤   any but closed ── paused ──► paused
 *   closed ── reconnectRequested, tokenChanged ──┘   connecting, open ── unauthorized, incompatible ──► closed
 *
 * After the first stream, each one follows a wait whose bound doubles, until a stream has lasted with
 * everything in sync; a wait may be cut short, the counting goes on. A wait of 0 ms is none.
 *
 * One command at most follows from an event, and each command ends what the one before it began: a
 * late result has nowhere to arrive. The session is the generation; everything that belongs to one
 * ends with it.
 */

/** Where the one connection of a client is. Plain data, without secrets: show it as it is. */
export type ConnectionState =
  /** Nothing is followed: no stream is open. */
  | { status: 'idle' }
  /** The stream is opening. */
  | ({ status: 'connecting' } & Trying)
  /**
   * The session is live since `openedAt`, epoch milliseconds. `attempt` is 0 once everything that is followed
   * is in sync; `tried` is the attempt that led here.
   */
  | { status: 'open'; attempt: number; tried: number; openedAt: number; short: number }
  /** The next attempt comes at `retryAt`, epoch milliseconds; no wake brings it before the server's wish is met. */
  | ({
      status: 'waiting'
      retryAt: number
      serverWaitMs: number
      reason: ConnectionReason
    } & Trying)
  /** The application asked for quiet: `reasons` are the names it gave. */
  | ({ status: 'paused'; reasons: readonly string[]; isWanted: boolean } & Trying)
  /** Nothing is tried any more. `close`: `close()` was called. */
  | ({ status: 'closed'; reason: ClosedReason; isWanted: boolean } & Trying)

/** Why a connection waits. `proxy`: something on the way keeps the bytes back, or cuts each stream at once. */
export type ConnectionReason = FailureCause | 'proxy'

/** Why nothing is tried any more. */
export type ClosedReason = 'close' | 'unauthorized' | 'incompatible'

/** What is known of the attempts so far. */
interface Trying {
  /** From 1. Starts again once a stream has lasted with everything in sync. */
  attempt: number
  /** Since when nothing came, epoch milliseconds; `null` when nothing ever did. */
  lostAt: number | null
  /** How many streams in a row were no use: `connected` did not come in time, or the end within a second. */
  short: number
}

/** What follows from an event. `command` is `null` when what runs is to go on. */
export interface ConnectionStep {
  state: ConnectionState
  command: ConnectionCommand | null
}

/** Where every connection begins. */
export const idleConnection: ConnectionState = { status: 'idle' }

/** A stream that ended this soon did not end because its time had come. */
const shortMs = 1_000
/** So many useless streams in a row are no accident. */
const proxyAfter = 3
/** A stream that was in sync for this long has proved that the next one may come at once. */
const lastingMs = 5_000

/** Decides what follows from `event`. Pure and total: the same state and no command is "nothing". */
export function reduceConnection(state: ConnectionState, event: ConnectionEvent): ConnectionStep {
  switch (event.type) {
    case 'wanted':
      if (state.status === 'idle') return connect(firstTry)
      if ('isWanted' in state && !state.isWanted) return stay({ ...state, isWanted: true })
      return stay(state)
    case 'lingered':
      if ('isWanted' in state) {
        return state.isWanted ? stay({ ...state, isWanted: false }) : stay(state)
      }
      return state.status === 'idle' ? stay(state) : stop(idleConnection)
    case 'connected': {
      if (state.status !== 'connecting') return stay(state)
      const { attempt, short } = state
      return stay({ status: 'open', attempt, tried: attempt, openedAt: event.at, short })
    }
    case 'synced':
      if (state.status !== 'open' || state.attempt === 0) return stay(state)
      return stay({ ...state, attempt: 0 })
    case 'failed':
      return isTrying(state) ? wait(state, event, event) : stay(state)
    case 'retried':
      return state.status === 'waiting' ? connect(state) : stay(state)
    case 'woken':
      if (state.status === 'waiting' && event.elapsedMs >= state.serverWaitMs) return connect(state)
      if (state.status !== 'open' || !event.isOld) return stay(state)
      return wait(state, event, { cause: 'wake', retryAfterMs: null })
    case 'reconnectRequested':
      if (state.status === 'waiting') return connect(state)
      return state.status === 'closed' ? revive(state, event, 'asked') : stay(state)
    case 'paused': {
      const { reason } = event
      if (state.status === 'closed') return stay(state)
      if (state.status !== 'paused') {
        const isWanted = state.status !== 'idle'
        return stop({ status: 'paused', reasons: [reason], isWanted, ...triedUntil(state, event) })
      }
      if (state.reasons.includes(reason)) return stay(state)
      return stay({ ...state, reasons: [...state.reasons, reason] })
    }
    case 'resumed': {
      if (state.status !== 'paused' || !state.reasons.includes(event.reason)) return stay(state)
      const reasons = state.reasons.filter((reason) => reason !== event.reason)
      return reasons.length > 0 ? stay({ ...state, reasons }) : revive(state, event, 'asked')
    }
    case 'tokenChanged':
      if (isTrying(state)) return again(state, event, 'token_changed')
      // Any other wait ends with another token anyway.
      if (state.status === 'waiting' && state.reason === 'token') {
        return again(state, event, 'token_changed')
      }
      if (state.status !== 'closed' || state.reason === 'close') return stay(state)
      return revive(state, event, 'token_changed')
    case 'unauthorized':
    case 'incompatible':
      if (!isTrying(state)) return stay(state)
      return close(state, event, event.type)
    case 'closed':
      if (state.status === 'closed') {
        return state.reason === 'close' ? stay(state) : stay({ ...state, reason: 'close' })
      }
      return close(state, event, 'close')
  }
}

/** Whether the connection stands as good as not at all because of what lies between. */
export function isProxied(state: ConnectionState): boolean {
  return 'short' in state && state.short >= proxyAfter
}

type Tried = Extract<ConnectionState, { status: 'connecting' | 'open' }>

const firstTry: Trying = { attempt: 1, lostAt: null, short: 0 }

function isTrying(state: ConnectionState): state is Tried {
  return state.status === 'connecting' || state.status === 'open'
}

/** The attempts up to now: none that count, once a stream has lasted with everything in sync. */
function triedUntil(state: ConnectionState, { at, elapsedMs }: Moment): Trying {
  if (state.status === 'idle') return { ...firstTry, attempt: 0 }
  if (state.status !== 'open') {
    const { attempt, lostAt, short } = state
    return { attempt, lostAt, short }
  }
  const hasLasted = state.attempt === 0 && elapsedMs >= lastingMs
  return { attempt: hasLasted ? 0 : state.tried, lostAt: at, short: state.short }
}

/** What runs goes on; the very same state is "nothing". */
function stay(state: ConnectionState): ConnectionStep {
  return { state, command: null }
}

function stop(state: ConnectionState): ConnectionStep {
  return { state, command: { type: 'stop' } }
}

function close(state: ConnectionState, moment: Moment, reason: ClosedReason): ConnectionStep {
  const isWanted = 'isWanted' in state ? state.isWanted : state.status !== 'idle'
  return stop({ status: 'closed', reason, isWanted, ...triedUntil(state, moment) })
}

function connect({ attempt, lostAt, short }: Trying): ConnectionStep {
  return { state: { status: 'connecting', attempt, lostAt, short }, command: { type: 'open' } }
}

function revive(
  state: Extract<ConnectionState, { isWanted: boolean }>,
  moment: Moment,
  cause: FailureCause,
): ConnectionStep {
  return state.isWanted ? again(state, moment, cause) : stay(idleConnection)
}

/** Another stream, because somebody wants another one: where the dice say so, at once. */
function again(state: ConnectionState, moment: Moment, cause: FailureCause): ConnectionStep {
  const step = wait(state, moment, { cause, retryAfterMs: null })
  if (step.state.status !== 'waiting' || step.state.retryAt > moment.at) return step
  return connect(step.state)
}

function wait(
  state: ConnectionState,
  moment: Moment,
  { cause, retryAfterMs }: { cause: FailureCause; retryAfterMs: number | null },
): ConnectionStep {
  const tried = triedUntil(state, moment)
  const attempt = tried.attempt + 1
  const serverWaitMs = Math.min(retryAfterMs ?? 0, maxRetryAfterMs)
  const delayMs = backoffDelay({ cause, attempt, chance: moment.chance, retryAfterMs })
  const short = isShort(state, moment, cause) ? tried.short + 1 : isOpen(state) ? 0 : tried.short
  return {
    state: {
      status: 'waiting',
      attempt,
      retryAt: moment.at + delayMs,
      serverWaitMs,
      reason: short >= proxyAfter ? 'proxy' : cause,
      lostAt: tried.lostAt,
      short,
    },
    command: { type: 'wait', delayMs },
  }
}

function isOpen({ status }: ConnectionState): boolean {
  return status === 'open'
}

function isShort(state: ConnectionState, { elapsedMs }: Moment, cause: FailureCause): boolean {
  if (state.status === 'connecting') return cause === 'timeout'
  return isOpen(state) && cause === 'ended' && elapsedMs < shortMs
}
