import type {
  ConnectionEvent,
  ConnectionNews,
  ConnectionState,
  Moment,
} from '../../src/connection/connection-model.ts'
import { reduceConnection } from '../../src/connection/connection-state.ts'

/** The counts of a connection that has lost its stream and tries for the third time. */
export const trying: Readonly<
  Record<'attempt' | 'lostAt' | 'short' | 'lost' | 'waitedMs' | 'serverWaitMs', number>
> = {
  attempt: 3,
  lostAt: 500,
  short: 0,
  lost: 0,
  waitedMs: 3_000,
  serverWaitMs: 0,
}

/** A connection in each state. */
export const states: Record<ConnectionState['status'], ConnectionState> = {
  idle: { status: 'idle' },
  connecting: { status: 'connecting', ...trying },
  open: { status: 'open', attempt: 3, tried: 3, openedAt: 0, short: 0, lost: 0, waitedMs: 3_000 },
  waiting: { status: 'waiting', ...trying, retryAt: 900, serverWaitMs: 800, reason: 'network' },
  paused: { status: 'paused', reasons: ['a'], isWanted: true, ...trying },
  closed: { status: 'closed', reason: 'close', reasons: [], isWanted: true, ...trying },
}

const moment: Moment = { at: 1_000, elapsedMs: 1_000, chance: 0.5 }
/** One event of each type. */
export const events: Record<ConnectionNews['type'], ConnectionEvent> = {
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

/** The state after these events. */
export function after(state: ConnectionState, ...happened: ConnectionEvent[]): ConnectionState {
  return happened.reduce((before, event) => reduceConnection(before, event).state, state)
}
