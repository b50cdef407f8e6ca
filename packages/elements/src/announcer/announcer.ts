import type { AnyRunView } from '@headway/core/adapter'
import { isUnknown } from '../text/describe-run.ts'
import { mostAnnounced, windowTicks } from './budget.ts'

/*
 * What a screen reader hears of a run: that it begins, each quarter of it, that it may be out of
 * date, that it waits, and its end. Each of these at most once, and all together at
 * most 6 times, per 1,000 changes of the run. The sixth is kept for the end.
 */

/** What is announced. */
export type Announced = 'started' | `quarter ${number}` | 'stale' | 'waiting' | 'ended'

/** The memory of what was announced of one run. Plain data. */
export interface AnnouncerState {
  /** The view before. */
  before: AnyRunView | null
  /** The number of changes so far. */
  tick: number
  /** What was announced, with the number of its change: those of the last 1,000 changes. */
  said: readonly { what: Announced; at: number }[]
  /** What to announce now; `null` for nothing. */
  what: Announced | null
}

/** The state before the first view. */
export const silentAnnouncer: AnnouncerState = { before: null, tick: 0, said: [], what: null }

/** The state after a new view. Pure. */
export function announce(state: AnnouncerState, view: AnyRunView): AnnouncerState {
  const tick = state.tick + 1
  const said = state.said.filter(({ at }) => at > tick - windowTicks)
  const news = newsOf(state.before, view)
  const isAllowed =
    news === 'ended'
      ? said.length < mostAnnounced
      : said.length < mostAnnounced - 1 && said.every(({ what }) => what !== news)
  const what = isAllowed ? news : null
  return { before: view, tick, said: what ? [...said, { what, at: tick }] : said, what }
}

/** What is new in a view. A run that was there when the page came is nothing new. */
function newsOf(previous: AnyRunView | null, view: AnyRunView): Announced | null {
  const before = previous && !isUnknown(previous) ? previous : null
  if (isUnknown(view)) return null
  if (!view.isActive) return view.isDone && before?.isActive ? 'ended' : null
  if (!before) return view.phase === 'starting' ? 'started' : null
  if (!before.isActive) return 'started'
  if (isStale(view)) return isStale(before) ? null : 'stale'
  if (view.phase === 'waiting' && before.phase !== 'waiting') return 'waiting'
  const quarter = quarterOf(view)
  return quarter > quarterOf(before) ? `quarter ${quarter}` : null
}

function isStale({ sync }: AnyRunView): boolean {
  return sync.status === 'stale'
}

/** 0 to 3: by its percentage, else by its steps. */
function quarterOf(view: AnyRunView): number {
  const { progress } = view
  const steps = 'steps' in view ? view.steps : []
  const completed = steps.filter(({ status }) => status === 'completed').length
  return Math.min(
    3,
    Math.floor(progress === null ? (4 * completed) / (steps.length || 1) : progress / 25),
  )
}
