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
  const shared = new Map<string, BatchItem>()
  let ids = 0
  return (what, programArgs) => {
    const name = nameOf(what)
    const args = encodeArgs(what, programArgs)
    refuseFiles(args, name)
    // As text, so that what the program does with its arguments later is another query.
    const text = stableJson(args) ?? 'null'
    const key = `${name} ${text}`
    return new WatchedQuery(registry, what, {
      known: () => shared.get(key),
      claim() {
        const known = shared.get(key)
        if (known) return known
        ids += 1
        const asked = JSON.parse(text)
        const item: BatchItem = { kind: 'query', id: `q${ids}`, function: name, args: asked }
        shared.set(key, item)
        return item
      },
      drop: () => void shared.delete(key),
    })
  }
}

/** How a query shares its registration with others of the same name and arguments on this page. */
interface Sharing {
  /** What is registered now, if it is. */
  known(): BatchItem | undefined
  /** What is to be registered: by all who watch it from now on. */
  claim(): BatchItem
  /** It is not registered any more: who watches it next makes a new registration. */
  drop(): void
}

class WatchedQuery extends Follower<QueryView<unknown>> implements QueryHandle<unknown> {
  private readonly sharing: Sharing

  constructor(registry: Registry, what: Coded, sharing: Sharing) {
    super(registry, what, idleQuery)
    this.sharing = sharing
    const known = sharing.known()
    if (known) this.follow(known)
  }

  get refetch(): () => void {
    return () => {
      if (this.cell) this.registry.refetch(this.cell)
    }
  }

  get unsubscribe(): () => void {
    return () => this.stop()
  }

  protected get first(): QueryView<unknown> {
    return idleQuery
  }

  protected toFold(): Fold<QueryView<unknown>> {
    return toFold(this.view)
  }

  protected onWanted(): void {
    if (!this.cell) this.follow(this.sharing.claim())
  }

  protected override get onDropped(): () => void {
    return this.sharing.drop
  }
}

/** JSON in which the order of members does not matter. */
function stableJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
