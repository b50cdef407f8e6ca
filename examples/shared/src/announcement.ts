import type { JobView } from '@headway/core'
import { idleUpload } from '@headway/core/upload'
import { describeImport } from './import-text.ts'
import { describeJob } from './job-text.ts'

type View = JobView<{ rows: number }>

/** The text for screen readers about a change of the export; `null` for none. Pure. */
export function announcement(before: View, after: View): string | null {
  return announce('Export', (job) => describeJob(job).summary, before, after)
}

/** The text for screen readers about a change of the import; `null` for none. Pure. */
export function importAnnouncement(before: View, after: View): string | null {
  return announce('Import', (job) => describeImport(idleUpload, job).summary, before, after)
}

/**
 * Announces a new job, each quarter of its progress, its end, and the loss and return of the
 * connection. `null` for all other changes.
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
