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
  canExport: boolean
  canCancel: boolean
}

const titles: Record<JobPhase, string> = {
  idle: 'Nothing exported yet',
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

/** Says what a panel shows of a job. Pure. */
export function describeJob(job: JobView<{ rows: number }>): JobText {
  const { phase, startError, sync, isActive } = job
  const title = startError ? 'Not started' : isUnknown(job) ? 'Looking it up' : titles[phase]
  const detail = detailOf(job)
  return {
    title,
    detail,
    summary: detail === '' ? title : `${title}. ${detail}`,
    notice: isActive && phase !== 'starting' ? noticeOf(sync) : '',
    percent: percentOf(job),
    canExport: !isActive,
    canCancel: isActive && phase !== 'starting' && phase !== 'cancelling',
  }
}

/** It is somebody else's job, or was there before a reload, and the server has not said what it is. */
function isUnknown({ loading, phase }: JobView<unknown>): boolean {
  return loading && phase !== 'starting'
}

function detailOf(job: JobView<{ rows: number }>): string {
  if (isUnknown(job)) return ''
  const { phase, message, error, output } = job
  switch (phase) {
    case 'idle':
      return 'Press Export in any panel: all four follow.'
    case 'succeeded':
      return `${(output?.rows ?? 0).toLocaleString('en')} rows written`
    case 'failed':
    case 'retrying':
      return error ?? ''
    case 'cancelled':
      // Without a reason the server says no more than the title does.
      return error === 'cancelled' ? '' : (error ?? '')
    case 'missing':
      return 'The server does not keep this export any more.'
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
