import type { ConnectionState } from '../connection/connection-model.ts'
import type { Kind } from '../kinds/kind.ts'
import { toFold } from '../state/run-state.ts'
import type { Sync } from '../state/sync.ts'
import type { FollowView } from './cell.ts'

/** What the connection's state means to a followed job: what does not lead to a session by itself is news. */
export function syncWhile(connection: ConnectionState, shown: Sync, at: number): Sync {
  if (shown.status === 'refused') return shown
  switch (connection.status) {
    case 'idle':
    case 'connecting':
    case 'open':
      return shown
    case 'waiting':
      return lost(shown, connection.lostAt ?? at, connection.reason)
    case 'paused':
      return lost(shown, connection.lostAt ?? at, 'paused')
    case 'closed':
      return stale(shown, at, connection.reason === 'close' ? 'closed' : connection.reason)
  }
}

/** What a registration that failed for now means to a followed job: it is tried again, and the view says why it has to. */
export function syncOnFailure(shown: Sync, at: number, reason: string): Sync {
  // What is registered already goes on being live.
  return shown.status === 'live' ? shown : lost(shown, at, reason)
}

/** What a fresh session means to a followed job: its state is asked for, and until then it may be old. */
export function syncOnSession(shown: Sync, at: number): Sync {
  const status = shown.status === 'stale' || shown.status === 'live' ? 'catching-up' : shown.status
  return { status: status === 'refused' ? 'connecting' : status, since: at, reason: null }
}

/** The sync of a followed job while the server cannot read changes. */
export function syncOnDoubt(shown: Sync, at: number, reason: string): Sync {
  return shown.status === 'refused' ? shown : lost(shown, at, reason)
}

/**
 * The sync once the server can read changes again.
 *
 * @param reason why it could not
 * @param isAwaited an answer is still to come, and decides
 */
export function syncOnFresh(shown: Sync, at: number, reason: string, isAwaited: boolean): Sync {
  if (shown.status !== 'stale' || shown.reason !== reason) return shown
  return { status: isAwaited ? 'catching-up' : 'live', since: at, reason: null }
}

function lost(shown: Sync, at: number, reason: string): Sync {
  return shown.status === 'connecting' ? { ...shown, reason } : stale(shown, at, reason)
}

function stale(shown: Sync, at: number, reason: string): Sync {
  return { status: 'stale', since: shown.status === 'stale' ? shown.since : at, reason }
}

/** What a handle shows that does not follow it any more: as stale from `now()` on, unless it has ended. */
export function unwatched<V extends FollowView>(kind: Kind, view: V, now: () => number): V {
  const { status } = view.sync
  if (view.isDone || (status !== 'live' && status !== 'catching-up')) return view
  const sync: Sync = { status: 'stale', since: now(), reason: 'unwatched' }
  return kind.reduce(toFold<unknown>(view), { type: 'syncChanged', sync }).view as V
}

/** Whether what is shown has come from the server, or will not come. */
export function isReady({ loading, sync }: FollowView): boolean {
  return !loading || sync.status !== 'connecting'
}
