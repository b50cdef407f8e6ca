import type { ConnectionState } from '../connection/connection-model.ts'
import type { Kind } from '../kinds/kind.ts'
import type { FollowView } from '../state/follow-view.ts'
import { toFold } from '../state/run-state.ts'
import type { Sync } from '../state/sync.ts'

/* How `sync` changes with the connection, the session and the server's freshness. Each is pure. */

/** The sync without a session: `stale` once the connection is lost, unchanged while it connects. */
export function syncWithoutSession(connection: ConnectionState, sync: Sync, at: number): Sync {
  if (sync.status === 'refused') return sync
  switch (connection.status) {
    case 'idle':
    case 'connecting':
    case 'open':
      return sync
    case 'waiting':
      return toLost(sync, connection.lostAt ?? at, connection.reason)
    case 'paused':
      return toLost(sync, connection.lostAt ?? at, 'paused')
    case 'closed':
      return toStale(sync, at, connection.reason === 'close' ? 'closed' : connection.reason)
  }
}

/**
 * The sync on a session whose answer is still to come: `catching-up` if it was live before.
 *
 * @param doubt why the server cannot read changes; `null` while it can
 */
export function syncOnSession(sync: Sync, at: number, doubt: string | null): Sync {
  const wasLive = sync.status === 'stale' || sync.status === 'live'
  const status = wasLive ? 'catching-up' : sync.status
  const asked: Sync = {
    status: status === 'refused' ? 'connecting' : status,
    since: at,
    reason: null,
  }
  return doubt === null ? asked : syncOnDoubt(asked, at, doubt)
}

/** The sync after a registration that failed and is tried again. A live registration stays live. */
export function syncOnFailure(sync: Sync, at: number, reason: string): Sync {
  return sync.status === 'live' ? sync : toLost(sync, at, reason)
}

/** The sync while the server cannot read changes. */
export function syncOnDoubt(sync: Sync, at: number, reason: string): Sync {
  return sync.status === 'refused' ? sync : toLost(sync, at, reason)
}

/**
 * The sync once the server can read changes again.
 *
 * @param reason why it could not
 * @param isAwaiting true while an answer is still to come
 */
export function syncOnFresh(sync: Sync, at: number, reason: string, isAwaiting: boolean): Sync {
  if (sync.status !== 'stale' || sync.reason !== reason) return sync
  return { status: isAwaiting ? 'catching-up' : 'live', since: at, reason: null }
}

function toLost(sync: Sync, at: number, reason: string): Sync {
  return sync.status === 'connecting' ? { ...sync, reason } : toStale(sync, at, reason)
}

function toStale(sync: Sync, at: number, reason: string): Sync {
  return { status: 'stale', since: sync.status === 'stale' ? sync.since : at, reason }
}

/** The view of a handle that stops following: stale from `now()` on, unless the run has ended. */
export function toUnwatched<V extends FollowView>(kind: Kind, view: V, now: () => number): V {
  const { status } = view.sync
  if (view.isDone || (status !== 'live' && status !== 'catching-up')) return view
  const sync: Sync = { status: 'stale', since: now(), reason: 'unwatched' }
  return kind.reduce(toFold<unknown>(view), { type: 'syncChanged', sync }).view as V
}

/** True if the server has answered for the view, or never will. */
export function isReady({ loading, sync }: FollowView): boolean {
  return !loading || sync.status !== 'connecting'
}

/**
 * True if the server refuses the target for good. After `UNAUTHORIZED` the next token may change
 * that.
 */
export function isRefused({ status, reason }: Sync): boolean {
  return status === 'refused' && reason !== 'UNAUTHORIZED'
}
