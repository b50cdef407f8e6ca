import type { HeadwayError } from '../errors.ts'
import type { JobSnapshot, JobStatus } from '../protocol/snapshots.ts'
import { isNewerAnswer, isNewerPush } from './ordering.ts'
import { isActivePhase, isDonePhase, type JobPhase, jobPhase } from './phase.ts'
import { isSameSync, type Sync, unasked } from './sync.ts'

/*
 *            started        (created)            answered, updated
 *   idle ───────────► starting ───────► queued ◄──────────────────► running, retrying, cancelling
 *                         │ startFailed                                  │
 *                         ▼                                              ▼
 *                       failed (no job)               succeeded, failed, cancelled, missing
 *
 * A job that was created is followed in a fold of its own, which all who watch it share.
 * A done phase stays until a fresh registration's answer or a higher revision says otherwise.
 */

/** What the server says of a job. */
export interface JobState<TOutput> {
  /** Empty until the server has created the job. */
  jobId: string
  /** A word this version does not know is passed through; its phase is `running`. */
  status: JobStatus
  /** Percent, 0 to 100; `null` when it cannot be said. Each attempt begins at 0. */
  progress: number | null
  message: string | null
  /** What the job returned; `null` until it is `completed`. */
  output: TOutput | null
  /** Why it is `failed`, `dead_letter` or `cancelled`; while `retry`, why the last attempt failed. */
  error: string | null
}

/** A job as a screen shows it. Immutable: a new object for each change, the same one for none. */
export interface JobView<TOutput> extends JobState<TOutput> {
  /** From `start()` until the server has created the job. */
  loading: boolean
  phase: JobPhase
  isActive: boolean
  isDone: boolean
  /** Why there is no job: the start failed. `status` is `failed` then, and `error` says the same in words. */
  startError: HeadwayError | null
  sync: Sync
  /** 1 for the first attempt; 0 before it, or on a server that does not say. */
  attempt: number
  /** Grows with each visible change; `null` on a server that does not say. */
  revision: number | null
}

/** What can happen to a job that is shown. */
export type JobEvent =
  | { type: 'started' }
  | { type: 'startFailed'; error: HeadwayError }
  /** The answer of a fresh registration. */
  | { type: 'answered'; snapshot: JobSnapshot; at: number }
  /** A push. */
  | { type: 'updated'; snapshot: JobSnapshot }
  /** A fresh registration found no such job. */
  | { type: 'missed'; at: number }
  | { type: 'syncChanged'; sync: Sync }

/** Nothing started, nothing followed. */
export const idleJob: JobView<never> = {
  jobId: '',
  status: 'pending',
  progress: null,
  message: null,
  output: null,
  error: null,
  loading: false,
  phase: 'idle',
  isActive: false,
  isDone: false,
  startError: null,
  sync: unasked,
  attempt: 0,
  revision: null,
}

/** What is folded: the view, and how new the newest state was that the server has sent, shown or not. */
export interface JobFold<TOutput> {
  view: JobView<TOutput>
  newest: number | null
}

/** The fold of a job of which only the id is known; without an id, of none. */
export function followJob(jobId: string): JobFold<never> {
  const view = jobId === '' ? idleJob : { ...idleJob, ...inPhase('queued'), jobId }
  return { view, newest: null }
}

/** What is known after `event`. `view` stays the very same object when nothing to be seen changed. Pure and total. */
export function reduceJob<TOutput>(fold: JobFold<TOutput>, event: JobEvent): JobFold<TOutput> {
  const { view, newest } = fold
  switch (event.type) {
    case 'started':
      if (view.isActive) return fold
      return { view: { ...idleJob, ...inPhase('starting'), loading: true }, newest: null }
    case 'startFailed':
      return view.phase === 'starting' ? { view: withStartError(view, event.error), newest } : fold
    case 'answered': {
      const live = withSync(view, { status: 'live', since: event.at, reason: null })
      const isNewer = isNewerAnswer(newest, event.snapshot.revision ?? null)
      return isNewer ? withSnapshot(live, event.snapshot) : withView(fold, live)
    }
    case 'updated': {
      const isNewer = isNewerPush({ newest, isDone: view.isDone }, event.snapshot.revision ?? null)
      return isNewer ? withSnapshot(view, event.snapshot) : fold
    }
    case 'missed': {
      const live = withSync(view, { status: 'live', since: event.at, reason: null })
      // The server forgets old jobs: one that was seen to end has still ended so.
      if (view.isDone) return withView(fold, live)
      return { view: { ...live, ...inPhase('missing'), status: 'not_found' }, newest }
    }
    case 'syncChanged':
      return withView(fold, withSync(view, event.sync))
  }
}

function inPhase(phase: JobPhase): Pick<JobView<never>, 'phase' | 'isActive' | 'isDone'> {
  return { phase, isActive: isActivePhase(phase), isDone: isDonePhase(phase) }
}

function withView<TOutput>(fold: JobFold<TOutput>, view: JobView<TOutput>): JobFold<TOutput> {
  return view === fold.view ? fold : { view, newest: fold.newest }
}

function withStartError<TOutput>(view: JobView<TOutput>, error: HeadwayError): JobView<TOutput> {
  const failed = { ...view, ...inPhase('failed'), loading: false }
  return { ...failed, status: 'failed', error: error.message, startError: error }
}

function withSync<TOutput>(view: JobView<TOutput>, sync: Sync): JobView<TOutput> {
  return isSameSync(view.sync, sync) ? view : { ...view, sync }
}

function withSnapshot<TOutput>(view: JobView<TOutput>, snapshot: JobSnapshot): JobFold<TOutput> {
  const { status, progress, message, error, attempt = view.attempt, revision = null } = snapshot
  const isSame =
    view.status === status &&
    view.progress === progress &&
    view.message === message &&
    view.error === error &&
    view.attempt === attempt &&
    isSameJson(view.output, snapshot.output)
  if (isSame) return { view, newest: revision }
  return {
    view: {
      ...view,
      ...inPhase(jobPhase(status, error)),
      status,
      progress,
      message,
      // The caller of `defineJob<Args, Output>` vouches for this type: the wire carries none.
      output: snapshot.output as TOutput | null,
      error,
      attempt,
      revision,
    },
    newest: revision,
  }
}

function isSameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
