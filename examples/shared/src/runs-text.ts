import type { JobRow, RunsView } from '@headway/core'
import type { Estimate } from '@headway/core/estimate'
import { formatAge, formatTime } from './amount-text.ts'
import { describeJob, type JobText, type JobWords } from './job-text.ts'
import { safeUrl } from './safe-url.ts'
import { noticeOf } from './sync-text.ts'

/** An export as a row of a list of runs. */
export type ExportRow = JobRow<{ downloadUrl: string; rows: number }>

/** A job as a row of a list of runs. */
export type ListedJob = JobRow<{ rows: number; downloadUrl?: string }>

/** One row in words. All panels show the same. */
export interface RunText extends JobText {
  /** For the labels of its buttons: `Users as CSV of 14:03:22`. */
  name: string
  /** When it was started, and how long it took or takes. */
  times: string
  /** The label of its button; empty without one. */
  button: '' | 'Cancel' | 'Try again'
  canRetry: boolean
  /** The file; `undefined` until there is one. */
  url: string | undefined
}

/**
 * The texts of one row. Pure.
 *
 * @param now epoch milliseconds
 * @param left the time that is left, as `estimate()` tells it
 * @param words by default those of an export
 */
export function describeRun(
  run: ListedJob,
  now: number,
  left: Estimate | null,
  words?: JobWords,
): RunText {
  const { view, title: given } = run
  const { title: state, detail, ...text } = describeJob(view, now, words)
  const title = given ?? 'Export'
  const canRetry = view.phase === 'failed' || view.phase === 'cancelled'
  const parts = [state, view.position === null ? detail : placeOf(view.position), leftOf(left)]
  const line = parts.filter((part) => part !== '').join(' · ')
  return {
    ...text,
    title,
    detail: line,
    summary: `${title}. ${line}`,
    // The list has one for all.
    notice: '',
    name: nameOf(run, now),
    times: timesOf(run, now),
    button: canRetry ? 'Try again' : view.isActive ? 'Cancel' : '',
    canRetry,
    url: safeUrl(view.output?.downloadUrl),
  }
}

/** A run's title and when it was started: titles alone are not unique. Pure. */
function nameOf({ title, view }: ListedJob, now: number): string {
  return `${title ?? 'Export'} of ${formatTime(view.createdAt ?? now, now)}`
}

function placeOf(position: number): string {
  return position === 1 ? 'Next in the queue' : `${position - 1} before it`
}

function leftOf(left: Estimate | null): string {
  return left ? `about ${Math.max(1, Math.ceil(left.remainingMs / 1_000))} s left` : ''
}

function timesOf({ view }: ListedJob, now: number): string {
  const { createdAt, startedAt, finishedAt } = view
  if (createdAt === null) return ''
  const started = `Started ${formatTime(createdAt, now)}`
  if (startedAt === null) return started
  if (finishedAt === null) return `${started}, for ${formatAge(now - startedAt)}`
  return `${started}, took ${formatAge(finishedAt - startedAt)}`
}

/** A list of runs in words, beside its rows. */
export interface RunsText {
  /** The reason for an empty list; empty if there are runs. */
  hint: string
  /** A warning when the list may be out of date; empty while it is live. */
  notice: string
  /** True if a press shows older runs. */
  canShowMore: boolean
}

/**
 * The texts of a list. Pure.
 *
 * @param empty the hint of a list without runs
 */
export function describeRuns(
  list: RunsView<ListedJob>,
  now: number,
  empty = 'No exports yet: press Export.',
): RunsText {
  const { runs, loading, error, sync, hasMore, loadingMore } = list
  const warning = error ? `May be out of date: ${error.message}` : noticeOf(sync, now)
  return {
    hint: runs.length > 0 ? '' : hintOf(list, empty),
    notice: loading || runs.length === 0 ? '' : warning,
    canShowMore: hasMore && !loadingMore,
  }
}

function hintOf({ loading, error }: RunsView<ListedJob>, empty: string): string {
  if (error) return `The list cannot be loaded: ${error.message}`
  return loading ? 'Loading' : empty
}

/**
 * The text for screen readers about a change of the list: runs that ended, or run again. `null` for
 * all other changes. Pure.
 *
 * @param except the id of a run that is announced elsewhere
 */
export function runsAnnouncement(
  before: readonly ExportRow[],
  after: readonly ExportRow[],
  except: string | undefined,
  now: number,
): string | null {
  const known = new Map(before.map(({ id, view }) => [id, view]))
  const changed = after.filter(({ id, view }) => {
    const last = known.get(id)
    return id !== except && last !== undefined && last.isDone !== view.isDone
  })
  const [first] = changed
  if (!first) return null
  if (changed.length > 1) return `${changed.length} exports changed`
  return `${nameOf(first, now)}: ${describeJob(first.view, now).title}`
}
