import type { JobView } from '@headway/core'
import { describeJob } from './job-text.ts'

/**
 * What a screen reader is told about a change: that there is another job, each quarter of its way,
 * its end, and when the connection is lost and back. `null` for all that is too much to hear. Pure.
 */
export function announcement(
  before: JobView<{ rows: number }>,
  after: JobView<{ rows: number }>,
): string | null {
  const wasStale = before.sync.status === 'stale'
  const isStale = after.sync.status === 'stale'
  const isAnother = after.jobId !== before.jobId
  if (after.isDone)
    return before.isDone && !isAnother ? null : `Export: ${describeJob(after).summary}`
  if (isAnother) return 'Export: started'
  if (isStale !== wasStale) return isStale ? 'Connection lost' : null
  if (after.sync.status === 'live' && before.sync.status === 'catching-up') return 'Connected again'
  if (after.phase === 'cancelling' && before.phase !== 'cancelling') return 'Export: cancelling'
  const reached = quarter(after)
  return reached > quarter(before) && reached < 100 ? `Export: ${reached} %` : null
}

function quarter({ progress }: JobView<unknown>): number {
  return Math.floor((progress ?? 0) / 25) * 25
}
