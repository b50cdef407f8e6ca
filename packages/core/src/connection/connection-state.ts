import { backoffDelay, type FailureCause, maxRetryAfterMs } from './backoff.ts'
import type {
  ClosedReason,
  ConnectionEvent,
  ConnectionState,
  ConnectionStep,
  Moment,
  Trying,
} from './connection-model.ts'

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

/** Where every connection begins. */
export const idleConnection: ConnectionState = { status: 'idle' }

/** A stream that ended this soon did not end because its time had come. */
const shortMs = 1_000
/** So many useless streams in a row are no accident. */
const proxyAfter = 3
/** A stream that was open for this long, and in sync, has proved that the next one may come at once. */
const lastingMs = 5_000
/** And one that was open for this long, though something on it failed again and again. */
const provenMs = 60_000

/** Decides what follows from `event`. Pure and total: the same state and no command is "nothing". */
export function reduceConnection(state: ConnectionState, event: ConnectionEvent): ConnectionStep {
  switch (event.type) {
    case 'wanted':
      if (state.status === 'idle')
        return state.tried ? again(state, event, 'asked') : connect({ ...noTry, attempt: 1 })
      if ('isWanted' in state && !state.isWanted) return stay({ ...state, isWanted: true })
      return stay(state)
    case 'lingered':
      if ('isWanted' in state) {
        return state.isWanted ? stay({ ...state, isWanted: false }) : stay(state)
      }
      return state.status === 'idle' ? stay(state) : stop(rest(state, event))
    case 'connected': {
      if (state.status !== 'connecting') return stay(state)
      const { attempt, short } = state
      return stay({ status: 'open', attempt, tried: attempt, openedAt: event.at, short })
    }
    case 'synced':
      if (state.status !== 'open' || state.attempt === 0) return stay(state)
      return stay({ ...state, attempt: 0 })
    case 'failed':
      return isStreaming(state) ? wait(state, event, event) : stay(state)
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
      if (!('reasons' in state)) {
        const isWanted = state.status !== 'idle'
        return stop({ status: 'paused', reasons: [reason], isWanted, ...triedUntil(state, event) })
      }
      if (state.reasons.includes(reason)) return stay(state)
      return stay({ ...state, reasons: [...state.reasons, reason] })
    }
    case 'resumed': {
      if (!('reasons' in state) || !state.reasons.includes(event.reason)) return stay(state)
      const reasons = state.reasons.filter((reason) => reason !== event.reason)
      const isOver = reasons.length === 0 && state.status === 'paused'
      return isOver ? revive(state, event, 'asked') : stay({ ...state, reasons })
    }
    case 'tokenChanged':
      if (isStreaming(state)) return again(state, event, 'token_changed')
      // Any other wait ends with another token anyway.
      if (state.status === 'waiting' && state.reason === 'token') {
        return again(state, event, 'token_changed')
      }
      if (state.status !== 'closed' || state.reason === 'close') return stay(state)
      return revive(state, event, 'token_changed')
    case 'unauthorized':
    case 'incompatible':
      if (!isStreaming(state)) return stay(state)
      return close(state, event, event.type)
    case 'closed':
      if (state.status === 'closed') {
        return state.reason === 'close' ? stay(state) : stay({ ...state, reason: 'close' })
      }
      return close(state, event, 'close')
  }
}

/** Whether a proxy seems to make streams useless: three in a row failed early, and no other is open. */
export function isProxied(state: ConnectionState): boolean {
  const isTrying = state.status === 'connecting' || state.status === 'waiting'
  return isTrying && state.short >= proxyAfter
}

type Streaming = Extract<ConnectionState, { status: 'connecting' | 'open' }>

const noTry: Trying = { attempt: 0, lostAt: null, short: 0, serverWaitMs: 0 }

function isStreaming(state: ConnectionState): state is Streaming {
  return state.status === 'connecting' || state.status === 'open'
}

/**
 * The attempts up to now: none that count once a stream has lasted with everything in sync, or nothing was tried for
 * a minute.
 */
function triedUntil(state: ConnectionState, { at, elapsedMs }: Moment): Trying {
  if (state.status === 'open') {
    const hasLasted = elapsedMs >= (state.attempt === 0 ? lastingMs : provenMs)
    return { ...noTry, attempt: hasLasted ? 0 : state.tried, lostAt: at, short: state.short }
  }
  const isIdle = state.status === 'idle'
  const { attempt, lostAt, short, serverWaitMs } = isIdle ? (state.tried ?? noTry) : state
  const isLongAgo = isIdle && elapsedMs >= provenMs
  const leftMs = Math.max(0, serverWaitMs - elapsedMs)
  return { attempt: isLongAgo ? 0 : attempt, lostAt, short, serverWaitMs: leftMs }
}

/** Idle; what was tried is remembered while it counts. */
function rest(state: ConnectionState, moment: Moment): ConnectionState {
  const tried = triedUntil(state, moment)
  const isClean = tried.attempt === 0 && tried.serverWaitMs === 0
  return isClean ? idleConnection : { status: 'idle', tried }
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
  const reasons = 'reasons' in state ? state.reasons : []
  return stop({ status: 'closed', reason, reasons, isWanted, ...triedUntil(state, moment) })
}

function connect({ attempt, lostAt, short }: Trying): ConnectionStep {
  const state = { status: 'connecting', attempt, lostAt, short, serverWaitMs: 0 } as const
  return { state, command: { type: 'open' } }
}

function revive(
  state: Extract<ConnectionState, { isWanted: boolean }>,
  moment: Moment,
  cause: FailureCause,
): ConnectionStep {
  const { reasons, isWanted } = state
  if (state.status === 'closed' && reasons.length > 0) {
    return stay({ status: 'paused', reasons, isWanted, ...triedUntil(state, moment) })
  }
  return isWanted ? again(state, moment, cause) : stay(rest(state, moment))
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
  const serverWaitMs = Math.min(retryAfterMs ?? tried.serverWaitMs, maxRetryAfterMs)
  const { chance } = moment
  const delayMs = backoffDelay({ cause, attempt, chance, retryAfterMs: serverWaitMs })
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
