import { backoffDelay, type FailureCause } from './backoff.ts'

/*
 *            wanted                  connected
 *   idle ──────────────► connecting ────────────► open ⟲ synced: attempt 0
 *    ▲                    ▲      │                  │
 *    │            retried │      │ failed           │ failed
 *    │ reconnectRequested │      ▼                  │
 *    │                  waiting ◄───────────────────┘
 *    │                    │
 *    └──── lingered ──────┴── (also from connecting and open)
 *
 *   any ── closed ──► closed ── reconnectRequested ──► connecting
 */

/** Where the one connection of a client is. Plain data, without secrets: show it as it is. */
export type ConnectionState =
  /** Nothing is followed: no stream is open. */
  | { status: 'idle' }
  /** The stream is opening. `lostAt`: since when nothing came, epoch milliseconds; `null` at first. */
  | { status: 'connecting'; attempt: number; lostAt: number | null }
  /** The session is live. `attempt` is 0 once everything that is followed is in sync. */
  | { status: 'open'; attempt: number }
  /** The next attempt comes at `retryAt`, epoch milliseconds. */
  | {
      status: 'waiting'
      attempt: number
      retryAt: number
      reason: FailureCause
      lostAt: number | null
    }
  /** `close()` was called. */
  | { status: 'closed' }

/** What can happen to a connection. Clocks and dice come with the event. */
export type ConnectionEvent =
  /** The first target is to be followed. */
  | { type: 'wanted' }
  /** Nothing was followed for a while. */
  | { type: 'lingered' }
  /** The stream has a session. */
  | { type: 'connected' }
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
  | { type: 'reconnectRequested' }
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

/** Decides what follows from `event`. Pure and total: the same state and no command is "nothing". */
export function reduceConnection(state: ConnectionState, event: ConnectionEvent): ConnectionStep {
  switch (event.type) {
    case 'wanted':
      return state.status === 'idle' ? connect(1, null) : nothing(state)
    case 'lingered':
      if (state.status === 'idle' || state.status === 'closed') return nothing(state)
      return { state: idleConnection, command: { type: 'stop' } }
    case 'connected':
      if (state.status !== 'connecting') return nothing(state)
      return { state: { status: 'open', attempt: state.attempt }, command: null }
    case 'synced':
      if (state.status !== 'open' || state.attempt === 0) return nothing(state)
      return { state: { status: 'open', attempt: 0 }, command: null }
    case 'failed':
      if (state.status !== 'connecting' && state.status !== 'open') return nothing(state)
      return wait(state, event)
    case 'retried':
      return state.status === 'waiting' ? connect(state.attempt, state.lostAt) : nothing(state)
    case 'reconnectRequested':
      if (state.status === 'waiting') return connect(state.attempt, state.lostAt)
      return state.status === 'closed' ? connect(1, null) : nothing(state)
    case 'closed':
      if (state.status === 'closed') return nothing(state)
      return { state: { status: 'closed' }, command: { type: 'stop' } }
  }
}

function nothing(state: ConnectionState): ConnectionStep {
  return { state, command: null }
}

function connect(attempt: number, lostAt: number | null): ConnectionStep {
  return { state: { status: 'connecting', attempt, lostAt }, command: { type: 'open' } }
}

function wait(
  state: Extract<ConnectionState, { status: 'connecting' | 'open' }>,
  event: Extract<ConnectionEvent, { type: 'failed' }>,
): ConnectionStep {
  const attempt = state.attempt + 1
  const delayMs = backoffDelay({ ...event, attempt })
  const lostAt = state.status === 'open' ? event.at : state.lostAt
  const retryAt = event.at + delayMs
  return {
    state: { status: 'waiting', attempt, retryAt, reason: event.cause, lostAt },
    command: { type: 'wait', delayMs },
  }
}
