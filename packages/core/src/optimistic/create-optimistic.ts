import { asyncScheduler } from 'rxjs'
import type { QueryView } from '../state/query-state.ts'
import type { Store } from '../store/store.ts'
import { createStore } from '../store/store.ts'
import { after } from '../time/after.ts'
import { type Apply, type OptimisticEvent, reduceOptimistic, shownBy } from './optimistic-state.ts'

/** A query as it is shown, and how many changes in it the server does not show yet. */
export interface OptimisticView<TData> extends QueryView<TData> {
  pending: number
}

/** A query with what was changed here on top of it. */
export interface Optimistic<TData, TChange> extends Store<OptimisticView<TData>> {
  /**
   * Shows a change at once, and makes the call that makes it at the server; `call` is called once. When it
   * fails, what was shown is taken back. Resolves and rejects as the call does. Any number may be under way.
   */
  mutate<T>(change: TChange, call: () => Promise<T>): Promise<T>
}

/** What may be asked of it. */
export interface OptimisticOptions {
  /**
   * How long a change that the server has made is shown, should the server show nothing new, in milliseconds.
   * Default 2,000.
   */
  graceMs?: number
}

/**
 * Shows changes before the server does. A change is dropped when the server shows it (when `apply` makes no
 * difference any more), when it was made and the server shows something else, and when it was refused.
 *
 * @param query a query that is watched: `client.watch(…)`
 * @param apply the data with a change. By id, so that what has the change already stays as it is
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
  /** The state of the query that is shown: another one is another state. */
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
      let told: OptimisticView<TData>
      const look = (): void => {
        const now = getSnapshot()
        if (now === told) return
        told = now
        listener()
      }
      const stops = [query.subscribe(look), changes.subscribe(look)]
      // Subscribing to the query may have changed it.
      told = getSnapshot()
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
