import { backoffDelay, type FailureCause, maxRetryAfterMs } from './backoff.ts'
import type {
  ClosedReason,
  ConnectionEvent,
  ConnectionState,
  ConnectionStep,
  Moment,
  Trying,
} from './connection-model.ts'
import { lostAfter, noTry, shortAfter, triedUntil } from './trying.ts'

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
 * Before each stream but the first there is a wait. Its bound grows until a stream has lasted with
 * everything in sync. A wait can be cut short, but it counts in full all the same. A wait of 0 ms
 * is skipped.
 *
 * An event gives at most one command. Each command ends the effect of the previous one, so a late
 * result of that effect is lost. Everything that belongs to a session ends with it.
 */

/** The first state of every connection. */
export const idleConnection: ConnectionState = { status: 'idle' }

/** After this many useless streams in a row a proxy is suspected. */
const proxyAfter = 3
/** After this many sessions in a row that were lost at once, snapshots are polled. */
const losingAfter = 2

/** The next state and command. The same state without a command means no change. Pure and total. */
export function reduceConnection(state: ConnectionState, event: ConnectionEvent): ConnectionStep {
  switch (event.type) {
    case 'wanted':
      if (state.status === 'idle')
        return state.tried ? reopen(state, event, 'asked') : connect({ ...noTry, attempt: 1 })
      if ('isWanted' in state && !state.isWanted) return stay({ ...state, isWanted: true })
      return stay(state)
    case 'lingered':
      if ('isWanted' in state) {
        return state.isWanted ? stay({ ...state, isWanted: false }) : stay(state)
      }
      return state.status === 'idle' ? stay(state) : stop(toIdle(state, event))
    case 'connected': {
      if (state.status !== 'connecting') return stay(state)
      const { attempt, short, lost, waitedMs } = state
      const counts = { attempt, tried: attempt, short, lost, waitedMs }
      return stay({ status: 'open', openedAt: event.at, ...counts })
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
      if (isStreaming(state)) return reopen(state, event, 'token_changed')
      // After any other wait, the next attempt uses the new token anyway.
      if (state.status === 'waiting' && state.reason === 'token') {
        return reopen(state, event, 'token_changed')
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

/**
 * True while snapshots have to be polled, since no stream serves: three in a row were useless, as
 * behind a proxy, or two sessions in a row were lost, as behind a balancer that sends requests to
 * servers that do not know each other. It ends once a stream has everything in sync.
 */
export function isPolled(state: ConnectionState): boolean {
  switch (state.status) {
    case 'connecting':
    case 'waiting':
      return state.short >= proxyAfter || isLosing(state)
    case 'open':
      return state.attempt > 0 && isLosing(state)
    default:
      return false
  }
}

/** True if session after session is lost: a new one is nothing to rely on before it is in sync. */
export function isLosing(state: ConnectionState): boolean {
  return 'lost' in state && state.lost >= losingAfter
}

type Streaming = Extract<ConnectionState, { status: 'connecting' | 'open' }>

function isStreaming(state: ConnectionState): state is Streaming {
  return state.status === 'connecting' || state.status === 'open'
}

/** Idle, with the earlier attempts while they count. */
function toIdle(state: ConnectionState, moment: Moment): ConnectionState {
  const tried = triedUntil(state, moment)
  const isClean = tried.attempt === 0 && tried.serverWaitMs === 0
  return isClean ? idleConnection : { status: 'idle', tried }
}

/** Without a command, so that the current effect continues. */
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

function connect({ attempt, lostAt, short, lost, waitedMs }: Trying): ConnectionStep {
  const tried = { attempt, lostAt, short, lost, waitedMs, serverWaitMs: 0 }
  return { state: { status: 'connecting', ...tried }, command: { type: 'open' } }
}

/** Leaves `closed` or `paused`. */
function revive(
  state: Extract<ConnectionState, { isWanted: boolean }>,
  moment: Moment,
  cause: FailureCause,
): ConnectionStep {
  const { reasons, isWanted } = state
  if (state.status === 'closed' && reasons.length > 0) {
    return stay({ status: 'paused', reasons, isWanted, ...triedUntil(state, moment) })
  }
  return isWanted ? reopen(state, moment, cause) : stay(toIdle(state, moment))
}

/** Opens another stream after a wait, or at once if the wait is 0 ms. */
function reopen(state: ConnectionState, moment: Moment, cause: FailureCause): ConnectionStep {
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
  const { waitedMs } = tried
  const { chance } = moment
  const delayMs = backoffDelay({ cause, attempt, waitedMs, chance, retryAfterMs: serverWaitMs })
  const short = shortAfter(state, moment, cause, tried.short)
  return {
    state: {
      status: 'waiting',
      attempt,
      retryAt: moment.at + delayMs,
      serverWaitMs,
      reason: short >= proxyAfter ? 'proxy' : cause,
      lostAt: tried.lostAt,
      short,
      lost: lostAfter(state, moment, cause, tried.lost),
      waitedMs: waitedMs + delayMs,
    },
    command: { type: 'wait', delayMs },
  }
}
