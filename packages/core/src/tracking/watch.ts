import type { Observable } from 'rxjs'
import type { BatchItem } from '../protocol/envelopes.ts'
import { idleQuery, type QueryView } from '../state/query-state.ts'
import { type Fold, toFold } from '../state/run-state.ts'
import type { Store } from '../store/store.ts'
import { Follower } from './follower.ts'
import type { Registry } from './registry.ts'

/** One watched query: it is live while somebody subscribes. */
export interface QueryHandle<TData> extends Store<QueryView<TData>> {
  /** The view now, then each change. Never completes, never errors: what went wrong is in the view. */
  readonly state$: Observable<QueryView<TData>>
  /** Asks for the result again, now. Does nothing while nobody subscribes. */
  refetch(): void
  /** Stops watching; a later subscriber watches anew. Calling it twice is harmless. */
  unsubscribe(): void
}

/** Watches queries: one registration per query and arguments, however many watch it. */
export function createWatch(
  registry: Registry,
): (name: string, args: unknown) => QueryHandle<unknown> {
  /** The ids that this client has given to queries, by name and arguments. */
  const ids = new Map<string, string>()
  return (name, args) => {
    const key = `${name} ${stableJson(args)}`
    const id = ids.get(key) ?? `q${ids.size + 1}`
    ids.set(key, id)
    return new WatchedQuery(registry, { kind: 'query', id, function: name, args })
  }
}

class WatchedQuery extends Follower<QueryView<unknown>> implements QueryHandle<unknown> {
  constructor(registry: Registry, item: BatchItem) {
    super(registry, idleQuery)
    this.follow(item)
  }

  get refetch(): () => void {
    return () => {
      if (this.cell) this.registry.refetch(this.cell)
    }
  }

  get unsubscribe(): () => void {
    return () => this.stop()
  }

  protected toFold(): Fold<QueryView<unknown>> {
    return toFold(this.getSnapshot())
  }
}

/** JSON in which the order of members does not matter. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
