import type { ChildCounts } from '../protocol/snapshot-members.ts'
import type { JobSnapshot } from '../protocol/snapshots.ts'
import type { FakeRun } from './fake-gateway-api.ts'
import { hasEnded, isTaken } from './fake-runs.ts'

/** The state of a group beside its children. */
export interface FakeGroup {
  name: string
  /** True if the first failure ends it. */
  stopsOnFailure: boolean
  /** True while children can be added. */
  isOpen: boolean
  /** True if a failure has ended it. */
  isStopped: boolean
  /** The reason of a request to cancel it; `null` without one. */
  cancelled: string | null
}

/** Counts the children of a run by their state. @see PROTOCOL.md, "Groups" */
export function countChildren(children: readonly FakeRun[]): ChildCounts {
  const counts = { total: children.length, done: 0, failed: 0, cancelled: 0, running: 0 }
  for (const child of children) {
    if (hasEnded(child)) counts[endOf(child)] += 1
    else if (isTaken(child)) counts.running += 1
  }
  return counts
}

/** The state of a group whose children have these counts. */
export function groupFields(
  { isOpen, cancelled }: FakeGroup,
  children: ChildCounts,
): Partial<JobSnapshot> {
  const { running, ...ends } = children
  const { total } = ends
  const done = ends.done + ends.failed + ends.cancelled
  const fields = { children, done, total, progress: (100 * done) / total }
  if (isOpen || done < total) {
    const hasBegun = running > 0 || done > 0
    const status = cancelled !== null ? 'cancel_requested' : hasBegun ? 'running' : 'pending'
    return { ...fields, status, output: null, error: null }
  }
  if (ends.done === total) return { ...fields, status: 'completed', output: ends, error: null }
  if (cancelled !== null && ends.cancelled > 0) {
    return { ...fields, status: 'cancelled', output: null, error: cancelled }
  }
  const error = `${ends.failed} of ${total} failed`
  return { ...fields, status: 'failed', output: null, error }
}

function endOf(run: FakeRun): 'done' | 'failed' | 'cancelled' {
  if (run.status === 'completed') return 'done'
  const isUndone = 'steps' in run && run.status === 'compensated' && run.cancel_requested === true
  const isCancelled = run.status === 'cancelled' || run.status === 'cancelled_by_operator'
  return isUndone || isCancelled ? 'cancelled' : 'failed'
}
