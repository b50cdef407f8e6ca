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

/** A live query as a screen shows it. Immutable: a new object for each change, the same one for none. */
export interface QueryView<TData> {
  /** Until the first result, or the first refusal. */
  loading: boolean
  /** The newest result; `null` until there is one. It stays when an error comes. */
  data: TData | null
  /** Why there is no newer result. */
  error: HeadwayError | null
  /** There is a result, and it may be old. */
  stale: boolean
  sync: Sync
}

/** One result of a query. */
export interface QuerySnapshot {
  data: unknown
  revision?: number
}

/** What can happen to a query that is watched. */
export type QueryEvent = FollowEvent<QuerySnapshot>

/** Nothing asked yet. */
export const idleQuery: QueryView<never> = {
  loading: true,
  data: null,
  error: null,
  stale: false,
  sync: unasked,
}

/** What is known of a query after `event`. Pure and total; the same view for no change. */
export function reduceQuery(
  fold: Fold<QueryView<unknown>>,
  event: QueryEvent,
): Fold<QueryView<unknown>> {
  const { view, newest } = fold
  switch (event.type) {
    case 'asked':
      // On another session another server may count from another number: take its answer, whatever
      // its revision. On the same one an older push can still be on its way.
      return {
        ...fold,
        newest: event.isFirst ? null : newest,
        isOvertaken: false,
        isUnsettled: false,
      }
    case 'answered': {
      const live = withSync(view, syncOnAnswer(event.at, event.doubt))
      const { data, revision } = event.snapshot
      if (!isNewerAnswer(newest, revision)) return withView(fold, live)
      if (fold.isOvertaken && revision === undefined) {
        return { ...fold, view: live, isUnsettled: true }
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
