/**
 * Tells if a view is up to date. Connection trouble changes this, never the status of a run.
 *
 *   connecting ──answer──► live ──lost──► stale ──connected──► catching-up ──answer──► live
 *                          live ──server is stale──► stale ──server is fresh──► live
 *        └──────────── refused: the server does not let this client follow the run ───────┘
 */
export interface Sync {
  status: 'connecting' | 'live' | 'catching-up' | 'stale' | 'refused'
  /** The time of the last change of `status`, in epoch milliseconds; 0 before the first request. */
  since: number
  /**
   * The reason if it is not `live`: a reason of the connection such as `network`, or a word of the
   * server, such as `database` while it cannot reach its database.
   */
  reason: string | null
}

/** The sync before the first request. */
export const unasked: Sync = { status: 'connecting', since: 0, reason: null }

/**
 * The sync after an answer: `live`, or `stale` if there is a `doubt` that the answer is current.
 */
export function syncOnAnswer(at: number, doubt: string | null = null): Sync {
  return doubt === null
    ? { status: 'live', since: at, reason: null }
    : { status: 'stale', since: at, reason: doubt }
}

/** True if status and reason are the same. A later `since` is no change. */
export function isSameSync(a: Sync, b: Sync): boolean {
  return a.status === b.status && a.reason === b.reason
}
