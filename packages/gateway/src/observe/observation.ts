import { isRecord, parseJson } from '@headway/core/protocol'
import { toErrorText, toMessageText } from '../bound-text.ts'
import { toPercent } from '../runs/output.ts'
import { type Counted, percentOf, toCounted, uncounted } from '../runs/report.ts'
import { cancelMark } from './cancel-mark.ts'
import type { JobReading } from './job-reading.ts'
import { type Told, timeOf, toSortable } from './queue-event.ts'

/** The state of a job, as its run is written. */
export interface Observation {
  /** It was read in its queue: this is the truth. Otherwise an event tells it. */
  isRead: boolean
  /** The place in the queue's events up to which it has them, sortable. */
  place: string
  /** The place of the event that it was added with, sortable, for a job that was not read. */
  added: string | null
  /** The status of the run; `removed`: it was taken off its queue before its end. */
  status:
    | 'pending'
    | 'running'
    | 'retry'
    | 'completed'
    | 'failed'
    | 'dead_letter'
    | 'cancelled'
    | 'removed'
    | 'not_found'
  progress: number | null
  message: string | null
  /** How much is done, as the job reported it. */
  counted: Counted
  /** JSON text. */
  output: string | null
  error: string | null
  /** How often it was taken; `null`: unknown. */
  taken: number | null
  createdMs: number | null
  startedMs: number | null
  finishedMs: number | null
}

/** How far a job is, as its page shows it; `null` members: unknown. */
export interface ShownProgress extends Counted {
  percent: number | null
  message: string | null
}

/** The ways of an app to show what its queues have. */
export interface Showing {
  /** The progress out of a value that the job reported; `null`: as {@link toProgress}. */
  progress: ((value: unknown) => unknown) | null
  /** The error that users see instead of a reason. */
  toShownError(reason: string): string
  maxOutputBytes: number
}

const unshown: ShownProgress = { percent: null, message: null, ...uncounted }

/** The progress from a reported number, `{ percent }`, `{ done, total }` or text. Pure. */
export function toProgress(value: unknown): ShownProgress {
  if (typeof value === 'number') return { ...unshown, percent: toPercent(value) }
  if (typeof value === 'string') return { ...unshown, message: toMessageText(value) }
  if (!isRecord(value)) return unshown
  const { percent, message } = value
  // The program that reports them is another one: nothing to log here.
  const counted = toCounted(value, () => undefined)
  return {
    ...counted,
    percent: percentOf(counted) ?? (typeof percent === 'number' ? toPercent(percent) : null),
    message: typeof message === 'string' ? toMessageText(message) : null,
  }
}

/** The state of a job that was read in its queue. Pure, but for the app's own function. */
export function observe(job: JobReading, at: string, showing: Showing): Observation {
  const reported = job.progress === null ? null : parseJson(job.progress)
  const progress = toProgress(showing.progress ? showing.progress(reported) : reported)
  const shared = {
    isRead: true,
    place: toSortable(at),
    added: null,
    progress: progress.percent,
    counted: { done: progress.done, total: progress.total, unit: progress.unit },
    message: progress.message ?? (job.log === null ? null : toMessageText(job.log)),
    output: null,
    error: null,
    taken: job.begun,
    createdMs: job.timestamp,
    startedMs: job.processedOn,
    finishedMs: null,
  }
  switch (job.place) {
    case 'completed':
      return {
        ...shared,
        status: 'completed',
        finishedMs: job.finishedOn,
        ...toOutput(job.returnvalue, showing),
      }
    case 'failed':
      return { ...shared, ...toFailure(job, showing), finishedMs: job.finishedOn }
    case 'active':
      return { ...shared, status: 'running' }
    case 'waiting-children':
      // Its own work may have begun, or its children come first.
      return {
        ...shared,
        status: job.begun > 0 ? 'running' : 'pending',
        message: shared.message ?? 'waiting for its children',
      }
    default:
      return { ...shared, ...toWaiting(job, showing) }
  }
}

/** It waits or is delayed: for its first attempt, or for another one. */
function toWaiting(
  job: JobReading,
  { toShownError }: Showing,
): Pick<Observation, 'status' | 'error'> {
  if (job.begun === 0) return { status: 'pending', error: null }
  if (job.made > 0 && job.failedReason !== null) {
    return { status: 'retry', error: toErrorText(toShownError(job.failedReason)) }
  }
  if (job.stalls > 0)
    return { status: 'retry', error: 'Its worker was lost: it waits for another one' }
  // Its processor has put it back, or a limit of its rate.
  return { status: 'pending', error: null }
}

function toFailure(
  job: JobReading,
  { toShownError }: Showing,
): Pick<Observation, 'status' | 'error'> {
  const reason = job.failedReason ?? ''
  if (reason.startsWith(cancelMark)) return { status: 'cancelled', error: 'cancelled' }
  const opts = parseJson(job.opts)
  const attempts = isRecord(opts) && typeof opts.attempts === 'number' ? opts.attempts : 1
  const isSpent = attempts > 1 && job.made >= attempts
  return { status: isSpent ? 'dead_letter' : 'failed', error: toErrorText(toShownError(reason)) }
}

function toOutput(text: string | null, { maxOutputBytes }: Showing): Partial<Observation> {
  const output = text === null || parseJson(text) === undefined ? 'null' : text
  if (Buffer.byteLength(output) <= maxOutputBytes) return { output: output.toWellFormed() }
  return {
    output: 'null',
    message: `Its result is larger than ${maxOutputBytes} bytes, and is not shown`,
  }
}

/**
 * The state of a job whose hash is gone, as its events tell it; `null`: they tell none. One that
 * was added has an end among the next events. Pure.
 */
export function observeTold({ addedAt, end }: Told, showing: Showing): Observation | null {
  const at = end?.at ?? addedAt
  if (at === null) return null
  const shared = {
    isRead: false,
    place: toSortable(at),
    added: addedAt === null ? null : toSortable(addedAt),
    progress: null,
    counted: uncounted,
    message: null,
    output: null,
    error: null,
    taken: null,
    createdMs: null,
    startedMs: null,
    finishedMs: end ? timeOf(end.at) : null,
  }
  if (!end) return { ...shared, status: 'pending', taken: 0 }
  if (end.type === 'completed')
    return { ...shared, status: 'completed', ...toOutput(end.text, showing) }
  if (end.type === 'removed') return { ...shared, status: 'removed', error: removed }
  if (end.text.startsWith(cancelMark)) return { ...shared, status: 'cancelled', error: 'cancelled' }
  const error = toErrorText(showing.toShownError(end.text))
  return { ...shared, status: end.attempts > 1 ? 'dead_letter' : 'failed', error }
}

const removed = 'It was removed from its queue before its end'
const unknown = 'Its queue does not have it any more, and nothing tells how it ended'

/**
 * What is written of a job that its queue does not have, and that no event tells of. With all
 * events since it was last seen, it was removed. Pure.
 */
export function observeGone(at: string, isWhole: boolean, nowMs: number): Observation {
  return {
    isRead: true,
    place: toSortable(at),
    added: null,
    status: isWhole ? 'removed' : 'not_found',
    progress: null,
    counted: uncounted,
    message: null,
    output: null,
    error: isWhole ? removed : unknown,
    taken: null,
    createdMs: null,
    startedMs: null,
    finishedMs: nowMs,
  }
}
