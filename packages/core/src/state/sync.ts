/**
 * How far what is shown can be trusted. Trouble on the way changes this, never the job's status.
 *
 *   connecting ──answer──► live ──lost──► stale ──connected──► catching-up ──answer──► live
 *                          live ──the server cannot know──► stale ──it knows again──► live
 *        └──────────── refused: the server will not let this client follow the job ───────┘
 */
export interface Sync {
  status: 'connecting' | 'live' | 'catching-up' | 'stale' | 'refused'
  /** Since when, in epoch milliseconds; 0 before anything was asked of a server. */
  since: number
  /**
   * Why, when it is not `live`: a connection's reason such as `network`, or a server's word or
   * code, such as `database` while the server cannot reach its own.
   */
  reason: string | null
}

/** Before anything was asked of a server. */
export const unasked: Sync = { status: 'connecting', since: 0, reason: null }

/** The sync after an answer: live, unless the server says that it may be old. */
export function syncOnAnswer(at: number, doubt: string | null = null): Sync {
  return doubt === null
    ? { status: 'live', since: at, reason: null }
    : { status: 'stale', since: at, reason: doubt }
}

/** Whether two say the same; the later `since` of an equal one is no news. */
export function isSameSync(a: Sync, b: Sync): boolean {
  return a.status === b.status && a.reason === b.reason
}
