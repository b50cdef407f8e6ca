import type { QueryView } from '../state/query-state.ts'
import type { Store } from '../store/store.ts'
import { createStore } from '../store/store.ts'
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
 * const names = createOptimistic(
 *   client.watch('names', null),
 *   (rows, { id, name }: { id: string; name: string }) =>
 *     rows.map((row) => (row.id === id ? { ...row, name } : row)),
 * )
 * await names.mutate({ id, name }, () => client.call('rename', { id, name }))
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
  const shown = createStore(toView(query.getSnapshot()))
  /** The view that is shown: another one is another state of the query. */
  let view = query.getSnapshot()
  let ids = 0

  const show = (): void => shown.set(toView(view))
  const dispatch = (event: OptimisticEvent<TData, TChange>): void => {
    const next = reduceOptimistic(apply, state, event)
    if (next === state) return
    state = next
    show()
  }
  const look = (): void => {
    const now = query.getSnapshot()
    if (now === view) return
    view = now
    state = reduceOptimistic(apply, state, { type: 'based', base: now.data })
    show()
  }
  return {
    getSnapshot() {
      look()
      return shown.getSnapshot()
    },
    subscribe(listener) {
      const leave = shown.subscribe(listener)
      const stop = query.subscribe(look)
      return () => {
        stop()
        leave()
      }
    },
    async mutate(change, call) {
      ids += 1
      const id = ids
      look()
      dispatch({ type: 'changed', id, change })
      try {
        const result = await call()
        dispatch({ type: 'confirmed', id })
        setTimeout(() => dispatch({ type: 'expired', id }), graceMs)
        return result
      } catch (error) {
        dispatch({ type: 'failed', id })
        throw error
      }
    },
  }
}
