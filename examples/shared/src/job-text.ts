import type { JobPhase, JobView } from '@headway/core'
import { noticeOf } from './sync-text.ts'

/** A job in words and numbers. All panels show the same. */
export interface JobText {
  title: string
  /** The job's message or error. */
  detail: string
  /** Title and detail in one line. */
  summary: string
  /** A warning when the view may be out of date; empty while it is live. */
  notice: string
  /** `null` while the progress is unknown: then the bar is indeterminate. */
  percent: number | null
  /** The progress beside the title, such as `40 %`; empty if there is none to speak of. */
  number: string
  canStart: boolean
  canCancel: boolean
}

/** Words for one kind of job. */
export interface JobWords {
  /** The title before the first job. */
  nothing: string
  /** The detail before the first job. */
  hint: string
  done(rows: number): string
  missing: string
}

const exportWords: JobWords = {
  nothing: 'Nothing exported yet',
  hint: 'Press Export in any panel: all four follow.',
  done: (rows) => `${rows.toLocaleString('en')} rows written`,
  missing: 'The server no longer has this export.',
}

const titles: Record<Exclude<JobPhase, 'idle'>, string> = {
  starting: 'Starting',
  queued: 'Queued',
  running: 'Running',
  retrying: 'Waiting to try again',
  cancelling: 'Cancelling',
  succeeded: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  missing: 'Not found',
}

/**
 * The texts of a job's panel; by default in the words of an export. Pure.
 *
 * @param now epoch milliseconds
 */
export function describeJob(
  job: JobView<{ rows: number }>,
  now: number,
  words: JobWords = exportWords,
): JobText {
  const { phase, sync, isActive } = job
  const title = titleOf(job, words)
  const detail = detailOf(job, words)
  const percent = percentOf(job)
  return {
    title,
    detail,
    summary: detail === '' ? title : `${title}. ${detail}`,
    notice: needsNotice(job) ? noticeOf(sync, now) : '',
    percent,
    number: percent === null || isUnstarted(job) ? '' : `${percent} %`,
    canStart: !isActive,
    canCancel: isActive && phase !== 'starting' && phase !== 'cancelling',
  }
}

/**
 * True if the panel says how current its view is: while the run may change, or cannot be followed.
 */
function needsNotice({ isActive, phase, sync }: JobView<unknown>): boolean {
  return sync.status === 'refused' || (isActive && phase !== 'starting')
}

function titleOf(job: JobView<unknown>, { nothing }: JobWords): string {
  if (job.startError) return 'Not started'
  if (isUnknown(job)) return 'Loading'
  if (job.phase === 'idle') return nothing
  return job.attempt > 1 ? `${titles[job.phase]}, attempt ${job.attempt}` : titles[job.phase]
}

/** True if nothing was done: then there is no progress, rather than one of 0 %. */
function isUnstarted({ phase, progress, attempt, isDone }: JobView<unknown>): boolean {
  return !progress && (attempt === 0 || isDone) && phase !== 'succeeded'
}

/** True for an attached job until the server's first answer. */
function isUnknown({ loading, phase }: JobView<unknown>): boolean {
  return loading && phase !== 'starting'
}

function detailOf(job: JobView<{ rows: number }>, words: JobWords): string {
  if (isUnknown(job)) return ''
  const { phase, message, error, output } = job
  switch (phase) {
    case 'idle':
      return words.hint
    case 'succeeded':
      return words.done(output?.rows ?? 0)
    case 'failed':
    case 'retrying':
      return error ?? ''
    case 'cancelled':
      // Without a reason the error is just the word of the title.
      return error === 'cancelled' ? '' : (error ?? '')
    case 'missing':
      return words.missing
    case 'starting':
      return 'Waiting for the server'
    case 'queued':
      return 'Waiting for a worker'
    default:
      return message ?? amountOf(job)
  }
}

/** What the job counts: `300 of 1,000 rows`; empty if it counts nothing. */
function amountOf({ done, total, unit }: JobView<unknown>): string {
  if (done === null || total === null) return ''
  const amount = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
  return unit === null ? amount : `${amount} ${unit}`
}

function percentOf({ phase, progress, isActive }: JobView<unknown>): number | null {
  if (phase === 'succeeded') return 100
  const isUnknown = phase === 'starting' || phase === 'queued' || progress === null
  if (isActive && isUnknown) return null
  return Math.round(progress ?? 0)
}
