import { asyncScheduler } from 'rxjs'
import type { QueryView } from '../state/query-state.ts'
import type { Store } from '../store/store.ts'
import { createStore } from '../store/store.ts'
import { after } from '../time/after.ts'
import { type Apply, type OptimisticEvent, reduceOptimistic, shownBy } from './optimistic-state.ts'

/** A query's view with your changes in `data`. */
export interface OptimisticView<TData> extends QueryView<TData> {
  /** The number of changes that the server does not show yet. */
  pending: number
}

/** A query whose changes are shown before the server has made them. */
export interface Optimistic<TData, TChange> extends Store<OptimisticView<TData>> {
  /**
   * Shows the change at once and calls `call`, once, to make it at the server. If the call fails,
   * the change is removed from the view. Resolves and rejects as the call does. Several changes can
   * be under way.
   */
  mutate<T>(change: TChange, call: () => Promise<T>): Promise<T>
}

/** Options of {@link createOptimistic}. */
export interface OptimisticOptions {
  /**
   * A confirmed change stays in the view for this long if the query sends no new data, in
   * milliseconds. Default: 2,000.
   */
  graceMs?: number
}

/**
 * Shows changes before the server has made them. A change is dropped when the query's data contains
 * it (`apply` changes nothing), when its call has succeeded and the query sends new data, and when
 * its call fails.
 *
 * @param query a watched query: `client.watch(…)`
 * @param apply returns the data with the change. Find rows by id, so that a row that has the change
 *   already stays the same
 * @example
 * ```ts
 * const shown = createOptimistic(
 *   client.watch(names, null),
 *   (rows, { id, name }: { id: string; name: string }) =>
 *     rows.map((row) => (row.id === id ? { ...row, name } : row)),
 * )
 * await shown.mutate({ id, name }, () => client.call(rename, { id, name }))
 * ```
 */
export function createOptimistic<TData, TChange>(
  query: Store<QueryView<TData>>,
  apply: Apply<TData, TChange>,
  { graceMs = 2_000 }: OptimisticOptions = {},
): Optimistic<TData, TChange> {
  let state = reduceOptimistic<TData, TChange>(
    apply,
    { base: null, pending: [] },
    { type: 'based', base: query.getSnapshot().data },
  )
  const toView = (view: QueryView<TData>): OptimisticView<TData> => {
    const pending = state.pending.length
    return { ...view, data: pending === 0 ? view.data : shownBy(apply, state), pending }
  }
  /** The query's view that `state` and `shown` were made from. */
  let view = query.getSnapshot()
  let shown = toView(view)
  const changes = createStore({})
  let ids = 0

  const dispatch = (event: OptimisticEvent<TData, TChange>): void => {
    const next = reduceOptimistic(apply, state, event)
    if (next === state) return
    state = next
    shown = toView(view)
    changes.set({})
  }
  const getSnapshot = (): OptimisticView<TData> => {
    const now = query.getSnapshot()
    if (now === view) return shown
    view = now
    state = reduceOptimistic(apply, state, { type: 'based', base: now.data })
    shown = toView(view)
    return shown
  }
  return {
    getSnapshot,
    subscribe(listener) {
      let last: OptimisticView<TData>
      const notify = (): void => {
        const now = getSnapshot()
        if (now === last) return
        last = now
        listener()
      }
      const stops = [query.subscribe(notify), changes.subscribe(notify)]
      // Subscribing can change the query's view.
      last = getSnapshot()
      return () => {
        for (const stop of stops) stop()
      }
    },
    async mutate(change, call) {
      ids += 1
      const id = ids
      getSnapshot()
      dispatch({ type: 'changed', id, change })
      try {
        const result = await call()
        dispatch({ type: 'confirmed', id })
        after(graceMs, asyncScheduler).subscribe(() => dispatch({ type: 'expired', id }))
        return result
      } catch (error) {
        dispatch({ type: 'failed', id })
        throw error
      }
    },
  }
}
