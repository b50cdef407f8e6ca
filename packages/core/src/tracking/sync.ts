import type { ConnectionState } from '../connection/connection-state.ts'
import type { Sync } from '../state/sync.ts'

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
      return lost(shown, at, connection.reason === 'close' ? 'closed' : connection.reason)
  }
}

/** What a fresh session means to a followed job: its state is asked for, and until then it may be old. */
export function syncOnSession(shown: Sync, at: number): Sync {
  const status = shown.status === 'stale' || shown.status === 'live' ? 'catching-up' : shown.status
  return { status: status === 'refused' ? 'connecting' : status, since: at, reason: null }
}

function lost(shown: Sync, at: number, reason: string): Sync {
  if (shown.status === 'connecting') return { ...shown, reason }
  const since = shown.status === 'stale' ? shown.since : at
  return { status: 'stale', since, reason }
}
