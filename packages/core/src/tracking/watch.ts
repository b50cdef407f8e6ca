import type { Observable } from 'rxjs'
import type { BatchItem } from '../protocol/envelopes.ts'
import { refuseFiles } from '../rpc/files.ts'
import { idleQuery, type QueryView } from '../state/query-state.ts'
import { type Fold, toFold } from '../state/run-state.ts'
import type { Store } from '../store/store.ts'
import { type Coded, encodeArgs, nameOf } from './codec.ts'
import { Follower } from './follower.ts'
import type { Registry } from './registry.ts'

/** One watched query: it is live while somebody subscribes. */
export interface QueryHandle<TData> extends Store<QueryView<TData>> {
  /** The view now, then each change. Never completes, never errors: what went wrong is in the view. */
  readonly state$: Observable<QueryView<TData>>
  /**
   * Resolves once there is a result or a refusal: the same promise for all that watch the query. Until
   * then, and for half a minute after, it is watched.
   */
  ready(): Promise<void>
  /** Asks for the result again, now. Does nothing while nobody subscribes. */
  refetch(): void
  /** Stops watching; a later subscriber watches anew. Calling it twice is harmless. */
  unsubscribe(): void
}

/** Watches queries: one registration per query and arguments, however many watch it. */
export function createWatch(
  registry: Registry,
): (what: Coded, args: unknown) => QueryHandle<unknown> {
  /** The ids of queries that were wanted once, by name and arguments: on a server that is none. */
  const ids = new Map<string, string>()
  return (what, programArgs) => {
    const name = nameOf(what)
    const args = encodeArgs(what, programArgs)
    refuseFiles(args, name)
    const key = `${name} ${stableJson(args)}`
    const toItem = (id: string): BatchItem => ({ kind: 'query', id, function: name, args })
    const id = ids.get(key)
    if (id !== undefined) return new WatchedQuery(registry, what, () => toItem(id), toItem(id))
    return new WatchedQuery(registry, what, () => {
      const id = ids.get(key) ?? `q${ids.size + 1}`
      ids.set(key, id)
      return toItem(id)
    })
  }
}

class WatchedQuery extends Follower<QueryView<unknown>> implements QueryHandle<unknown> {
  private readonly toItem: () => BatchItem

  constructor(registry: Registry, what: Coded, toItem: () => BatchItem, item?: BatchItem) {
    super(registry, what, idleQuery)
    this.toItem = toItem
    if (item) this.follow(item)
  }

  get refetch(): () => void {
    return () => {
      if (this.cell) this.registry.refetch(this.cell)
    }
  }

  get unsubscribe(): () => void {
    return () => this.stop()
  }

  protected first(): QueryView<unknown> {
    return idleQuery
  }

  protected toFold(): Fold<QueryView<unknown>> {
    return toFold(this.look())
  }

  protected override wanted(): void {
    if (!this.item) this.follow(this.toItem())
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
