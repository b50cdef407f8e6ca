import type { HeadwayError, RpcError } from '../errors.ts'
import { isNewerAnswer, isNewerPush } from './ordering.ts'
import { inPhase } from './phase.ts'
import {
  type RunSnapshot,
  type RunView,
  type RunWords,
  type SharedView,
  toShared,
} from './run-view.ts'
import { isSameJson } from './same-json.ts'
import { isSameSync, type Sync, syncOnAnswer } from './sync.ts'

/*
 *            started        (created)            answered, updated
 *   idle ───────────► starting ───────► queued ◄──────────────────► running, retrying, waiting, …
 *                         │ startFailed                                  │
 *                         ▼                                              ▼
 *                       failed (no run)              succeeded, failed, cancelled, missing
 *
 * A run is a job or a workflow. All watchers of a created run share one fold. A done phase stays
 * until the answer of a new registration, or a higher revision, replaces it. Connection trouble
 * changes only `sync`.
 */

/** The events of a followed target. `S` is its snapshot. `at` is epoch milliseconds. */
export type FollowEvent<S> =
  /** A registration was sent. `isFirst`: it is the first one on this session. */
  | { type: 'asked'; isFirst?: boolean }
  /** The answer to a registration. `doubt`: the reason why the answer may be old. */
  | { type: 'answered'; snapshot: S; at: number; doubt?: string | null }
  /** The server pushed a state. */
  | { type: 'updated'; snapshot: S }
  /** The server has no run with this id. `error` says why. */
  | { type: 'missed'; error: RpcError; at: number }
  /** The server does not let this client follow the target. */
  | { type: 'refused'; error: RpcError; at: number }
  /** The server sent an error in place of the next state. */
  | { type: 'troubled'; error: RpcError; at: number }
  | { type: 'syncChanged'; sync: Sync }

/** The events of {@link reduceRun}. */
export type RunEvent<S> =
  | FollowEvent<S>
  | { type: 'started' }
  | { type: 'startFailed'; error: HeadwayError }

/** The view, and the data to decide which of two states is newer. */
export interface Fold<V> {
  readonly view: V
  /**
   * The highest revision from the server, also of an invisible change; `null` without revisions.
   */
  readonly newest: number | null
  /**
   * A push came after the registration was sent, and the newest one left out its revision or its
   * `started_at`.
   */
  readonly isOvertaken: boolean
  /** Without revisions: a push overtook the answer, so one more read decides. */
  readonly needsReread: boolean
}

/** The differences between jobs and workflows. */
export interface RunRules<V extends RunWords & RunView, S extends RunSnapshot> {
  /** The view of no run. */
  idle: V
  phaseOf(words: S): V['phase']
  /** The view out of the members that all runs share, and those of its kind. */
  toView(shared: SharedView<V>, view: V, snapshot: S, offsetMs: number): V
}

/** A fold from a view alone. */
export function toFold<V>(view: V): Fold<V> {
  return { view, newest: null, isOvertaken: false, needsReread: false }
}

const idle = /* @__PURE__ */ inPhase('idle')

/**
 * The fold after `event`. `view` is the same object if nothing visible changed. Pure and total.
 *
 * @param offsetMs added to the server's times, so that they are by the device's clock
 */
export function reduceRun<V extends RunWords & RunView, S extends RunSnapshot>(
  rules: RunRules<V, S>,
  fold: Fold<V>,
  event: RunEvent<S>,
  offsetMs = 0,
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
      return { ...fold, isOvertaken: false, needsReread: false }
    case 'answered': {
      const { snapshot } = event
      const isEnd = inPhase(rules.phaseOf(snapshot)).isDone
      // An end is final, so it is live even while the server cannot read changes.
      const live = withSync(view, syncOnAnswer(event.at, isEnd ? null : event.doubt))
      if (!isNewerAnswer(fold.newest, snapshot.revision)) {
        // Pushes have left out the times that it has.
        const shared = toShared(view, snapshot, view, offsetMs)
        const { startedAt } = fold.isOvertaken && shared.attempt === view.attempt ? shared : view
        const next = { ...live, createdAt: shared.createdAt, startedAt }
        return withView(fold, isSameView(live, next) ? live : next)
      }
      if (fold.isOvertaken && snapshot.revision === undefined && !isEnd) {
        return { ...fold, view: live, needsReread: true }
      }
      const answered = { ...toFold(live), newest: fold.newest }
      return withSnapshot(rules, answered, snapshot, offsetMs)
    }
    case 'updated': {
      const { snapshot } = event
      const isOvertaken = snapshot.started_at === undefined
      // A late progress update must not reopen an ended run. An update of the same status may come.
      const isPlausible = !view.isDone || snapshot.status === view.status
      // A place in the queue changes without a revision: pushes come in order, so it is newer.
      const isMove = snapshot.position !== undefined && snapshot.revision === fold.newest
      const isNewer = isMove || isNewerPush(fold.newest, snapshot.revision, isPlausible)
      const overtaking = isOvertaken === fold.isOvertaken ? fold : { ...fold, isOvertaken }
      return isNewer ? withSnapshot(rules, overtaking, snapshot, offsetMs) : overtaking
    }
    case 'missed': {
      const live = withSync(view, { status: 'live', since: event.at, reason: null })
      // The server deletes old runs. A run whose end was seen keeps its state.
      if (view.isDone) return withView(fold, live)
      const words = { status: 'not_found', error: event.error.message }
      return withView(fold, { ...live, ...inPhase('missing'), ...words, loading: false })
    }
    case 'refused': {
      const { at, error } = event
      const refused = withSync(view, { status: 'refused', since: at, reason: error.code })
      // This page will never have a state of it, so it must not look active.
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

/** The fold with another view. The same object if the view is the same. */
export function withView<V>(fold: Fold<V>, view: V): Fold<V> {
  return view === fold.view ? fold : { ...fold, view }
}

/** The view with another sync. The same object if status and reason are the same. */
function withSync<V extends { sync: Sync }>(view: V, sync: Sync): V {
  return isSameSync(view.sync, sync) ? view : { ...view, sync }
}

/** On the path of every update: it allocates only the objects of the result. */
function withSnapshot<V extends RunWords & RunView, S extends RunSnapshot>(
  rules: RunRules<V, S>,
  fold: Fold<V>,
  snapshot: S,
  offsetMs: number,
): Fold<V> {
  const { view, newest } = fold
  const { revision = null } = snapshot
  const shared = toShared(view, snapshot, inPhase(rules.phaseOf(snapshot)), offsetMs)
  const next = rules.toView(shared, view, snapshot, offsetMs)
  const isSame = isSameView(view, next)
  return { ...fold, view: isSame ? view : next, newest: revision ?? (isSame ? newest : null) }
}

/** True if both look the same: a revision alone shows nothing. */
function isSameView<V extends RunView>(view: V, next: V): boolean {
  for (const name in next) {
    if (name !== 'revision' && !isSameJson(view[name], next[name])) return false
  }
  return true
}
