import type { HeadwayError } from '../errors.ts'
import { isNewerAnswer, isNewerPush } from './ordering.ts'
import { type Fold, type FollowEvent, withView } from './run-state.ts'
import { isSameJson } from './same-json.ts'
import { isSameSync, type Sync, syncOnAnswer, unasked } from './sync.ts'

/*
 *   loading ──answered, updated──► data ──troubled, refused──► data and error, stale
 *      └────────── refused ──► error                │
 *                    ▲                              └──answered, updated──► data
 */

/** The state of a live query for a screen. Immutable: each change makes a new object. */
export interface QueryView<TData> {
  /** True until the first result or error. */
  loading: boolean
  /** The newest result; `null` until there is one. An error does not remove it. */
  data: TData | null
  /** The reason why there is no newer result. */
  error: HeadwayError | null
  /** True if there is a result that may be old. */
  stale: boolean
  sync: Sync
}

/** One result of a query. */
export interface QuerySnapshot {
  data: unknown
  revision?: number
}

/** The events of {@link reduceQuery}. */
export type QueryEvent = FollowEvent<QuerySnapshot>

/** The view before the first request. */
export const idleQuery: QueryView<never> = {
  loading: true,
  data: null,
  error: null,
  stale: false,
  sync: unasked,
}

/** The state of a query after `event`. Pure and total. The same view if nothing changed. */
export function reduceQuery(
  fold: Fold<QueryView<unknown>>,
  event: QueryEvent,
): Fold<QueryView<unknown>> {
  const { view, newest } = fold
  switch (event.type) {
    case 'asked':
      // On a new session another server may have lower revisions: accept its answer in any case. On
      // the same session an older push may still be on its way.
      return {
        ...fold,
        newest: event.isFirst ? null : newest,
        isOvertaken: false,
        needsReread: false,
      }
    case 'answered': {
      const live = withSync(view, syncOnAnswer(event.at, event.doubt))
      const { data, revision } = event.snapshot
      if (!isNewerAnswer(newest, revision)) return withView(fold, live)
      if (fold.isOvertaken && revision === undefined) {
        return { ...fold, view: live, needsReread: true }
      }
      return { ...withView(fold, withData(live, data)), newest: revision ?? null }
    }
    case 'updated': {
      const { data, revision } = event.snapshot
      if (!isNewerPush(newest, revision)) return fold
      const isOvertaken = fold.isOvertaken || revision === undefined
      return { ...withView(fold, withData(view, data)), newest: revision ?? null, isOvertaken }
    }
    case 'missed':
      return fold
    case 'refused':
    case 'troubled': {
      const { error, at } = event
      const status = event.type === 'refused' ? 'refused' : 'stale'
      const sync = { status, since: at, reason: error.code } as const
      const troubled = withSync(view, sync)
      if (troubled === view && view.error?.message === error.message) return fold
      return withView(fold, { ...troubled, error, loading: false })
    }
    case 'syncChanged':
      return withView(fold, withSync(view, event.sync))
  }
}

function withData(view: QueryView<unknown>, data: unknown): QueryView<unknown> {
  const isKnown = !view.loading && view.error === null && isSameJson(view.data, data)
  if (isKnown) return view
  return { ...view, loading: false, data, error: null, stale: isStale(view.sync) }
}

function withSync(view: QueryView<unknown>, sync: Sync): QueryView<unknown> {
  if (isSameSync(view.sync, sync)) return view
  const hasData = !view.loading && (view.data !== null || view.error === null)
  return { ...view, sync, stale: hasData && isStale(sync) }
}

function isStale({ status }: Sync): boolean {
  return status !== 'live' && status !== 'connecting'
}
