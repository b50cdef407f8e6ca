import type { ChildCounts, GroupOutput, JobView, RunsView } from '@headway/core'
import { describeJob, type JobText, type JobWords } from './job-text.ts'
import {
  describeRun,
  describeRuns,
  type ListedJob,
  type RunsText,
  type RunText,
} from './runs-text.ts'

/** A batch in words and numbers. */
export interface BatchText extends JobText {
  canRetry: boolean
  /** True once there is a list of its files. */
  hasFiles: boolean
}

const batchWords: JobWords = {
  nothing: 'Nothing imported yet',
  hint: 'Press Import in any panel: all four follow.',
  done: (files) => `${files} files imported`,
  missing: 'The server no longer has this batch.',
}

const fileWords: JobWords = {
  nothing: '',
  hint: '',
  done: (rows) => `${rows.toLocaleString('en')} rows imported`,
  missing: 'The server no longer has this import.',
}

/**
 * The texts of the batch panel. Pure.
 *
 * @param now epoch milliseconds
 */
export function describeBatch(group: JobView<GroupOutput>, now: number): BatchText {
  const { phase, children, jobId } = group
  const output = group.output && { rows: group.output.total }
  const text = describeJob({ ...group, output }, now, batchWords)
  const counts = children ? countsOf(children) : []
  return {
    ...text,
    detail: counts.length > 0 ? counts.join(' · ') : text.detail,
    // A screen reader would read the dots.
    summary: counts.length > 0 ? `${text.title}. ${counts.join(', ')}` : text.summary,
    canRetry: phase === 'failed' || phase === 'cancelled',
    hasFiles: jobId !== '' && phase !== 'missing',
  }
}

/** The counts that are not zero: `17 done`, `1 failed`, `2 running`. */
function countsOf({ total, done, failed, cancelled, running }: ChildCounts): string[] {
  const waiting = total - done - failed - cancelled - running
  return Object.entries({ done, failed, cancelled, running, waiting })
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count} ${word}`)
}

/** The texts of one file of the batch: its title alone tells it from the others. Pure. */
export function describeFile(file: ListedJob, now: number): RunText {
  const text = describeRun(file, now, null, fileWords)
  return { ...text, name: text.title }
}

/** The texts of the list of files. Pure. */
export function describeFiles(list: RunsView<ListedJob>, batch: BatchText, now: number): RunsText {
  const text = describeRuns(list, now, 'No files')
  // The batch says it already.
  return batch.notice === '' ? text : { ...text, notice: '' }
}

/** The text for screen readers about a change of the batch: its failures and its end. Pure. */
export function batchAnnouncement(
  before: JobView<GroupOutput>,
  after: JobView<GroupOutput>,
): string | null {
  const isAnother = after.jobId !== before.jobId
  if (after.isDone) {
    return before.isDone && !isAnother ? null : `Batch: ${describeBatch(after, 0).summary}`
  }
  if (isAnother || !before.children || !after.children) return null
  const { failed, total } = after.children
  return failed > before.children.failed ? `Batch: ${failed} of ${total} failed` : null
}
