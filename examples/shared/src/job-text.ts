import type { JobPhase, JobView } from '@headway/core'
import { noticeOf } from './sync-text.ts'

/** A job in words and numbers, the same in every panel. */
export interface JobText {
  title: string
  /** What the job says, or what went wrong. */
  detail: string
  /** Both in one line. */
  summary: string
  /** What may be wrong with what is shown; empty when it is live. */
  notice: string
  /** `null` while nothing is known: the bar is indeterminate then. */
  percent: number | null
  canStart: boolean
  canCancel: boolean
}

/** What is said of one kind of job alone. */
export interface JobWords {
  /** Before there is any. */
  nothing: string
  /** What to do about that. */
  hint: string
  done(rows: number): string
  missing: string
}

const exportWords: JobWords = {
  nothing: 'Nothing exported yet',
  hint: 'Press Export in any panel: all four follow.',
  done: (rows) => `${rows.toLocaleString('en')} rows written`,
  missing: 'The server does not keep this export any more.',
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

/** Says what a panel shows of a job: of an export, unless other words are given. Pure. */
export function describeJob(
  job: JobView<{ rows: number }>,
  words: JobWords = exportWords,
): JobText {
  const { phase, sync, isActive } = job
  const title = titleOf(job, words)
  const detail = detailOf(job, words)
  return {
    title,
    detail,
    summary: detail === '' ? title : `${title}. ${detail}`,
    notice: isActive && phase !== 'starting' ? noticeOf(sync) : '',
    percent: percentOf(job),
    canStart: !isActive,
    canCancel: isActive && phase !== 'starting' && phase !== 'cancelling',
  }
}

function titleOf(job: JobView<unknown>, { nothing }: JobWords): string {
  if (job.startError) return 'Not started'
  if (isUnknown(job)) return 'Looking it up'
  return job.phase === 'idle' ? nothing : titles[job.phase]
}

/** It is somebody else's job, or was there before a reload, and the server has not said what it is. */
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
      // Without a reason the server says no more than the title does.
      return error === 'cancelled' ? '' : (error ?? '')
    case 'missing':
      return words.missing
    case 'starting':
    case 'queued':
      return 'Waiting for a worker'
    default:
      return message ?? ''
  }
}

function percentOf({ phase, progress, isActive }: JobView<unknown>): number | null {
  if (phase === 'succeeded') return 100
  const isUnknown = phase === 'starting' || phase === 'queued' || progress === null
  if (isActive && isUnknown) return null
  return Math.round(progress ?? 0)
}
