/**
 * When a run was started, began and ended: epoch milliseconds of the server's clock. Absent before,
 * and on Forge. A push leaves out what the answer to its registration had.
 *
 * @see PROTOCOL.md, "Times"
 */
export interface SnapshotTimes {
  created_at?: number | undefined
  /** `null`: no attempt has begun since the last one ended. */
  started_at?: number | null | undefined
  finished_at?: number | undefined
}

/** The children of a run, by their state. The others wait. @see PROTOCOL.md, "Groups" */
export interface ChildCounts {
  /** All of them. A group that is still open gets more. */
  total: number
  /** Those that are completed. */
  done: number
  failed: number
  cancelled: number
  /** Those that a worker has. */
  running: number
}

/** How much of a run is done. Absent if it does not count. @see PROTOCOL.md, "Totals", "Groups" */
export interface SnapshotTotals {
  done?: number | undefined
  /** Absent if unknown. */
  total?: number | undefined
  /** Such as `rows`. */
  unit?: string | undefined
  /** Absent or `null` without children. */
  children?: ChildCounts | null | undefined
}
