import { backoffDelay, type FailureCause } from './backoff.ts'

/*
 *            wanted                  connected
 *   idle ──────────────► connecting ────────────► open ⟲ synced: attempt 0
 *    ▲                    ▲   ▲  │                  │
 *    │      retried, woken │   │  │ failed          │ failed, woken with old bytes (cause `wake`)
 *    │ reconnectRequested │   │  ▼                  │
 *    │                  waiting ◄───────────────────┘       open ── tokenChanged ──► connecting
 *    │                    │
 *    └──── lingered ──────┴── (also from connecting and open)
 *
 *   any but closed ── paused ──► paused ── resumed, of the last reason ──► connecting, or idle
 *   connecting, open ── unauthorized, incompatible ──► closed
 *   any ── closed ──► closed ── reconnectRequested, tokenChanged ──► connecting, or idle
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
  /** The session is live. `attempt` is 0 once everything that is followed is in sync. */
  | { status: 'open'; attempt: number; openedAt: number; short: number }
  /** The next attempt comes at `retryAt`, epoch milliseconds, and no wake brings it before `notBefore`. */
  | ({ status: 'waiting'; retryAt: number; notBefore: number; reason: ConnectionReason } & Trying)
  /** Somebody asked for quiet: `reasons` are the names they gave. */
  | { status: 'paused'; reasons: readonly string[]; isWanted: boolean; lostAt: number | null }
  /** Nothing is tried any more. `close`: `close()` was called. */
  | { status: 'closed'; reason: 'close' | 'unauthorized' | 'incompatible'; isWanted: boolean }

/** Why a connection waits. `proxy`: something on the way keeps the bytes back, or cuts each stream at once. */
export type ConnectionReason = FailureCause | 'proxy'

/** What every attempt knows of those before it. */
interface Trying {
  /** From 1. Starts again once everything was in sync. */
  attempt: number
  /** Since when nothing came, epoch milliseconds; `null` when nothing ever did. */
  lostAt: number | null
  /** How many streams in a row were no use: `connected` did not come in time, or the end within a second. */
  short: number
}

/** What can happen to a connection. Clocks and dice come with the event. */
export type ConnectionEvent =
  /** The first target is to be followed. */
  | { type: 'wanted' }
  /** Nothing was followed for a while. */
  | { type: 'lingered' }
  /** The stream has a session. */
  | { type: 'connected'; at: number }
  /** Everything that is followed has its state, or a final refusal. */
  | { type: 'synced' }
  | {
      type: 'failed'
      cause: FailureCause
      at: number
      chance: number
      retryAfterMs: number | null
    }
  /** The wait is over. */
  | { type: 'retried' }
  /** The device or the page is back. `isOld`: the stream was silent for longer than its server promised. */
  | { type: 'woken'; at: number; chance: number; isOld: boolean }
  | { type: 'reconnectRequested' }
  | { type: 'paused'; reason: string; at: number }
  | { type: 'resumed'; reason: string }
  /** Somebody else is asking, or nobody: what was opened for the one before is of no use. */
  | { type: 'tokenChanged' }
  /** 401, also with a token that was asked for anew. */
  | { type: 'unauthorized' }
  /** The server says that it will never speak this protocol. */
  | { type: 'incompatible' }
  | { type: 'closed' }

/** What the runner is to do; each command ends what the one before it began. */
export type ConnectionCommand =
  | { type: 'open' }
  | { type: 'wait'; delayMs: number }
  | { type: 'stop' }

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
      return stay({ status: 'open', attempt, openedAt: event.at, short })
    }
    case 'synced':
      if (state.status !== 'open' || state.attempt === 0) return stay(state)
      return stay({ ...state, attempt: 0 })
    case 'failed':
      return isTrying(state) ? wait(state, event) : stay(state)
    case 'retried':
      return state.status === 'waiting' ? connect(state) : stay(state)
    case 'woken':
      if (state.status === 'waiting' && event.at >= state.notBefore) return connect(state)
      if (state.status !== 'open' || !event.isOld) return stay(state)
      return wait(state, { ...event, cause: 'wake', retryAfterMs: null })
    case 'reconnectRequested':
      if (state.status === 'waiting') return connect(state)
      return state.status === 'closed' ? revive(state.isWanted) : stay(state)
    case 'paused': {
      const { reason, at } = event
      if (state.status === 'closed') return stay(state)
      if (state.status !== 'paused') {
        const isWanted = state.status !== 'idle'
        return stop({ status: 'paused', reasons: [reason], isWanted, lostAt: lostAt(state, at) })
      }
      if (state.reasons.includes(reason)) return stay(state)
      return stay({ ...state, reasons: [...state.reasons, reason] })
    }
    case 'resumed': {
      if (state.status !== 'paused' || !state.reasons.includes(event.reason)) return stay(state)
      const reasons = state.reasons.filter((reason) => reason !== event.reason)
      return reasons.length > 0 ? stay({ ...state, reasons }) : revive(state.isWanted, state.lostAt)
    }
    case 'tokenChanged':
      if (isTrying(state)) return connect({ ...firstTry, lostAt: lostAt(state, null) })
      if (state.status === 'waiting') return connect({ ...firstTry, lostAt: state.lostAt })
      if (state.status !== 'closed' || state.reason === 'close') return stay(state)
      return revive(state.isWanted)
    case 'unauthorized':
    case 'incompatible':
      if (!isTrying(state)) return stay(state)
      return stop({ status: 'closed', reason: event.type, isWanted: true })
    case 'closed':
      if (state.status === 'closed') {
        return state.reason === 'close' ? stay(state) : stay({ ...state, reason: 'close' })
      }
      return stop({ status: 'closed', reason: 'close', isWanted: isWanted(state) })
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

function isWanted(state: ConnectionState): boolean {
  return 'isWanted' in state ? state.isWanted : state.status !== 'idle'
}

function lostAt(state: ConnectionState, at: number | null): number | null {
  return 'lostAt' in state ? state.lostAt : state.status === 'open' ? at : null
}

/** What runs goes on; the very same state is "nothing". */
function stay(state: ConnectionState): ConnectionStep {
  return { state, command: null }
}

function stop(state: ConnectionState): ConnectionStep {
  return { state, command: { type: 'stop' } }
}

function connect({ attempt, lostAt, short }: Trying): ConnectionStep {
  return { state: { status: 'connecting', attempt, lostAt, short }, command: { type: 'open' } }
}

function revive(isWanted: boolean, lostAt: number | null = null): ConnectionStep {
  return isWanted ? connect({ ...firstTry, lostAt }) : stay(idleConnection)
}

function wait(
  state: Tried,
  event: Pick<
    Extract<ConnectionEvent, { type: 'failed' }>,
    'cause' | 'at' | 'chance' | 'retryAfterMs'
  >,
): ConnectionStep {
  const { at, cause, retryAfterMs } = event
  const attempt = state.attempt + 1
  const delayMs = backoffDelay({ ...event, attempt })
  const short = isShort(state, event) ? state.short + 1 : state.status === 'open' ? 0 : state.short
  return {
    state: {
      status: 'waiting',
      attempt,
      retryAt: at + delayMs,
      notBefore: at + (retryAfterMs ?? 0),
      reason: short >= proxyAfter ? 'proxy' : cause,
      lostAt: lostAt(state, at),
      short,
    },
    command: { type: 'wait', delayMs },
  }
}

function isShort(state: Tried, { cause, at }: { cause: FailureCause; at: number }): boolean {
  if (state.status === 'connecting') return cause === 'timeout'
  return cause === 'ended' && at - state.openedAt < shortMs
}
