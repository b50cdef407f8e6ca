import type { HeadwayError, RpcError } from '../errors.ts'
import { isNewerAnswer, isNewerPush } from './ordering.ts'
import { isSameSync, type Sync, syncOnAnswer, unasked } from './sync.ts'

/*
 *            started        (created)            answered, updated
 *   idle ───────────► starting ───────► queued ◄──────────────────► running, retrying, waiting, …
 *                         │ startFailed                                  │
 *                         ▼                                              ▼
 *                       failed (no run)              succeeded, failed, cancelled, missing
 *
 * A run is a job or a workflow. One that was created is followed in a fold of its own, which all who
 * watch it share. A done phase stays until a fresh registration's answer or a higher revision says
 * otherwise; trouble on the way changes `sync` and nothing else.
 */

/** What a view says beyond the server's words, of jobs and workflows alike. */
export interface RunView<TPhase extends string = string> {
  /** From `start()` until the server has created the run; from `attach()` until it has said what it knows of it. */
  loading: boolean
  phase: TPhase
  isActive: boolean
  isDone: boolean
  /** Why there is no run: the start failed. `status` is `failed` then, and `error` says the same in words. */
  startError: HeadwayError | null
  sync: Sync
  /** 1 for the first attempt; 0 before it, or on a server that does not say. */
  attempt: number
  /** Grows with each visible change; `null` on a server that does not say. */
  revision: number | null
}

/** What every run view has of the server's words. */
export interface RunWords {
  status: string
  output: unknown
  error: string | null
}

/** What every snapshot of a run has. */
export interface RunSnapshot extends RunWords {
  revision?: number
  attempt?: number
  /** Of a workflow: somebody asked to cancel it. */
  cancel_requested?: boolean
}

/** What can happen to something that is followed. `S` is its snapshot. */
export type FollowEvent<S> =
  /** A registration was sent. `isFirst`: none was sent on this session before. */
  | { type: 'asked'; isFirst?: boolean }
  /** The answer of a fresh registration. `doubt`: why the answer may be old already. */
  | { type: 'answered'; snapshot: S; at: number; doubt?: string | null }
  /** A push. */
  | { type: 'updated'; snapshot: S }
  /** A fresh registration found nothing of this id. */
  | { type: 'missed'; at: number }
  /** The server will not let this client follow it. */
  | { type: 'refused'; error: RpcError; at: number }
  /** The server could not send what it had to say. */
  | { type: 'troubled'; error: RpcError; at: number }
  | { type: 'syncChanged'; sync: Sync }

/** What can happen to a run that is shown. */
export type RunEvent<S> =
  | FollowEvent<S>
  | { type: 'started' }
  | { type: 'startFailed'; error: HeadwayError }

/** What is folded: the view, and what decides which of two states is newer. */
export interface Fold<V> {
  readonly view: V
  /** The highest revision the server has sent, shown or not; `null` when it sends none. */
  readonly newest: number | null
  /** Without revisions: a push came since the registration was sent. */
  readonly isOvertaken: boolean
  /** Without revisions: an answer was overtaken, so that one more read has to settle it. */
  readonly isUnsettled: boolean
}

/** How a job differs from a workflow. */
export interface RunRules<V extends RunWords & RunView, S extends RunSnapshot> {
  /** What is shown before anything is known. */
  idle: V
  phaseOf(words: S): V['phase']
  /** Whether a view shows all the words of a snapshot already. */
  isShown(view: V, snapshot: S): boolean
  /** The view with the words of a snapshot in it, in that phase, attempt and revision. */
  toView(view: V, snapshot: S, now: Now<V['phase']>, attempt: number, revision: number | null): V
}

/** A phase, and the two questions that screens ask of it. */
export type Now<P extends string> = Pick<RunView<P>, 'phase' | 'isActive' | 'isDone'>

/** The parts of a view that are the same for every kind before anything is known. */
export const idleRun: RunView<'idle'> = {
  loading: false,
  phase: 'idle',
  isActive: false,
  isDone: false,
  startError: null,
  sync: unasked,
  attempt: 0,
  revision: null,
}

/** A fold of which only the view is known. */
export function toFold<V>(view: V): Fold<V> {
  return { view, newest: null, isOvertaken: false, isUnsettled: false }
}

const notDone: ReadonlySet<string> = new Set([
  'starting',
  'queued',
  'running',
  'retrying',
  'waiting',
  'compensating',
  'cancelling',
])

/** A phase with what it means. `idle` is neither active nor done. */
export function inPhase<P extends string>(phase: P): Now<P> {
  const isActive = notDone.has(phase)
  return { phase, isActive, isDone: !isActive && phase !== 'idle' }
}

const idle = inPhase('idle')

/** What is known after `event`. `view` stays the very same object when nothing to be seen changed. Pure and total. */
export function reduceRun<V extends RunWords & RunView, S extends RunSnapshot>(
  rules: RunRules<V, S>,
  fold: Fold<V>,
  event: RunEvent<S>,
): Fold<V> {
  const { view } = fold
  switch (event.type) {
    case 'started':
      if (view.isActive) return fold
      return toFold({ ...rules.idle, ...inPhase('starting'), loading: true })
    case 'startFailed': {
      if (view.phase !== 'starting') return fold
      const { error } = event
      const words = { status: 'failed', error: error.message, startError: error }
      return withView(fold, { ...view, ...inPhase('failed'), ...words, loading: false })
    }
    case 'asked':
      return { ...fold, isOvertaken: false, isUnsettled: false }
    case 'answered': {
      const { snapshot } = event
      const isEnd = inPhase(rules.phaseOf(snapshot)).isDone
      // An end is final, also while the server cannot read changes.
      const live = withSync(view, syncOnAnswer(event.at, isEnd ? null : event.doubt))
      if (!isNewerAnswer(fold.newest, snapshot.revision)) return withView(fold, live)
      if (fold.isOvertaken && snapshot.revision === undefined && !isEnd) {
        return { ...fold, view: live, isUnsettled: true }
      }
      return withSnapshot(rules, { ...fold, view: live, isUnsettled: false }, snapshot)
    }
    case 'updated': {
      const { snapshot } = event
      const overtaking =
        snapshot.revision === undefined && !fold.isOvertaken ? { ...fold, isOvertaken: true } : fold
      // Progress that was written late: the end stays what it was, its words may be newer.
      const isPlausible = !view.isDone || snapshot.status === view.status
      const isNewer = isNewerPush(fold.newest, snapshot.revision, isPlausible)
      return isNewer ? withSnapshot(rules, overtaking, snapshot) : overtaking
    }
    case 'missed': {
      const live = withSync(view, { status: 'live', since: event.at, reason: null })
      // The server forgets old runs: one that was seen to end has still ended so.
      if (view.isDone) return withView(fold, live)
      return withView(fold, { ...live, ...inPhase('missing'), status: 'not_found', loading: false })
    }
    case 'refused': {
      const { at, error } = event
      const refused = withSync(view, { status: 'refused', since: at, reason: error.code })
      // Nothing is known of it, and nothing will be: it is not under way as far as this page goes.
      return withView(fold, refused.loading ? { ...refused, ...idle, loading: false } : refused)
    }
    case 'troubled': {
      const { at, error } = event
      return withView(fold, withSync(view, { status: 'stale', since: at, reason: error.code }))
    }
    case 'syncChanged':
      return withView(fold, withSync(view, event.sync))
  }
}

/** The same fold with another view; the very same when the view is. */
export function withView<V>(fold: Fold<V>, view: V): Fold<V> {
  return view === fold.view ? fold : { ...fold, view }
}

/** The same view in another sync; the very same when it says nothing new. */
function withSync<V extends { sync: Sync }>(view: V, sync: Sync): V {
  return isSameSync(view.sync, sync) ? view : { ...view, sync }
}

/** On the path of every update: no object but those that are kept. */
function withSnapshot<V extends RunWords & RunView, S extends RunSnapshot>(
  rules: RunRules<V, S>,
  { view, newest, isOvertaken, isUnsettled }: Fold<V>,
  snapshot: S,
): Fold<V> {
  const { status, error, attempt = view.attempt, revision = null } = snapshot
  if (view.attempt === attempt && !view.loading && rules.isShown(view, snapshot)) {
    return { view, newest: revision ?? newest, isOvertaken, isUnsettled }
  }
  const isPhased = view.phase !== 'idle' && view.phase !== 'starting'
  const isSaid = isPhased && status === view.status && error === view.error
  const now = isSaid && !snapshot.cancel_requested ? view : inPhase(rules.phaseOf(snapshot))
  const next = rules.toView(view, snapshot, now, attempt, revision)
  return { view: next, newest: revision, isOvertaken, isUnsettled }
}
