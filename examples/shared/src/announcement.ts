import type { JobView } from '@headway/core'
import { idleUpload } from '@headway/core/upload'
import { describeImport } from './import-text.ts'
import { describeJob } from './job-text.ts'

type View = JobView<{ rows: number }>

/** The text for screen readers about a change of the export; `null` for none. Pure. */
export function announcement(before: View, after: View): string | null {
  return announce('Export', (job) => describeJob(job, 0).summary, before, after)
}

/** The text for screen readers about a change of the import; `null` for none. Pure. */
export function importAnnouncement(before: View, after: View): string | null {
  return announce(
    'Import',
    (job) => describeImport(idleUpload, job, 0, null).summary,
    before,
    after,
  )
}

/**
 * Announces a new job, another attempt, each quarter of its progress and its end. `null` for all
 * other changes: the page announces the loss and the return of the connection.
 */
function announce(
  name: string,
  summaryOf: (job: View) => string,
  before: View,
  after: View,
): string | null {
  const isAnother = after.jobId !== before.jobId
  if (after.isDone) return before.isDone && !isAnother ? null : `${name}: ${summaryOf(after)}`
  if (isAnother) return `${name}: started`
  if (before.attempt > 0 && after.attempt > before.attempt) {
    return `${name}: attempt ${after.attempt}`
  }
  if (after.phase === 'cancelling' && before.phase !== 'cancelling') return `${name}: cancelling`
  const reached = quarter(after)
  return reached > quarter(before) && reached < 100 ? `${name}: ${reached} %` : null
}

function quarter({ progress }: JobView<unknown>): number {
  return Math.floor((progress ?? 0) / 25) * 25
}
