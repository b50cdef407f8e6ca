import type { Observable } from 'rxjs'
import type { Target } from '../kinds/kind.ts'
import { queryKind } from '../kinds/query-kind.ts'
import { refuseFiles } from '../rpc/sendable.ts'
import { idleQuery, type QueryView } from '../state/query-state.ts'
import { type Fold, toFold } from '../state/run-state.ts'
import type { Store } from '../store/store.ts'
import { encodeArgs, type Named } from './coding.ts'
import { Follower } from './follower.ts'
import type { Registry } from './registry.ts'
import type { Tracking } from './tracking.ts'

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

/** Watches a query: one registration per query and arguments on a page, however many watch it. */
export function watch(
  { registry, queries }: Tracking,
  definition: Named,
  programArgs: unknown,
): QueryHandle<unknown> {
  const { name } = definition
  const args = encodeArgs(definition, programArgs)
  refuseFiles(args, name)
  // As text, so that a program that changes its arguments later has another query.
  const text = stableJson(args) ?? 'null'
  const key = `${name} ${text}`
  return new WatchedQuery(registry, definition, {
    known: () => queries.targets.get(key),
    claim() {
      const known = queries.targets.get(key)
      if (known) return known
      queries.lastId += 1
      const id = `q${queries.lastId}`
      const item = { kind: 'query', id, function: name, args: JSON.parse(text) } as const
      const target = { kind: queryKind, item }
      queries.targets.set(key, target)
      return target
    },
    drop: () => void queries.targets.delete(key),
  })
}

/** How a query shares its registration with others of the same name and arguments on this page. */
interface Sharing {
  /** What is registered now, if it is. */
  known(): Target | undefined
  /** What is to be registered: by all who watch it from now on. */
  claim(): Target
  /** It is not registered any more: who watches it next makes a new registration. */
  drop(): void
}

class WatchedQuery extends Follower<QueryView<unknown>> implements QueryHandle<unknown> {
  private readonly sharing: Sharing

  constructor(registry: Registry, definition: Named, sharing: Sharing) {
    super(registry, definition, idleQuery)
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
