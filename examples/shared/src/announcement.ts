import type { JobView } from '@headway/core'
import { idleUpload } from '@headway/core/upload'
import { describeImport } from './import-text.ts'
import { describeJob } from './job-text.ts'

type View = JobView<{ rows: number }>

/** What a screen reader is told about a change of the export. Pure. */
export function announcement(before: View, after: View): string | null {
  return announce('Export', (job) => describeJob(job).summary, before, after)
}

/** The same of the import. Pure. */
export function importAnnouncement(before: View, after: View): string | null {
  return announce('Import', (job) => describeImport(idleUpload, job).summary, before, after)
}

/**
 * That there is another job, each quarter of its way, its end, and when the connection is lost and back. `null` for
 * all that is too much to hear.
 */
function announce(
  name: string,
  summaryOf: (job: View) => string,
  before: View,
  after: View,
): string | null {
  const wasStale = before.sync.status === 'stale'
  const isStale = after.sync.status === 'stale'
  const isAnother = after.jobId !== before.jobId
  if (after.isDone) return before.isDone && !isAnother ? null : `${name}: ${summaryOf(after)}`
  if (isAnother) return `${name}: started`
  if (isStale !== wasStale) return isStale ? 'Connection lost' : null
  if (after.sync.status === 'live' && before.sync.status === 'catching-up') return 'Connected again'
  if (after.phase === 'cancelling' && before.phase !== 'cancelling') return `${name}: cancelling`
  const reached = quarter(after)
  return reached > quarter(before) && reached < 100 ? `${name}: ${reached} %` : null
}

function quarter({ progress }: JobView<unknown>): number {
  return Math.floor((progress ?? 0) / 25) * 25
}
