import type { Observable } from 'rxjs'
import type { Target } from '../kinds/kind.ts'
import { queryKind } from '../kinds/query-kind.ts'
import { refuseFiles } from '../rpc/sendable.ts'
import { idleQuery, type QueryView } from '../state/query-state.ts'
import { type Fold, toFold } from '../state/run-state.ts'
import type { Store } from '../store/store.ts'
import { createReader, encodeArgs, type Named } from './coding.ts'
import { Follower, type FollowerHooks } from './follower.ts'
import { FollowerHandle } from './follower-handle.ts'
import type { Tracking } from './tracking.ts'

/** One watched query. It is live while a listener subscribes. */
export interface QueryHandle<TData> extends Store<QueryView<TData>> {
  /** Emits the view, then each change. Never completes, never errors: errors are in the view. */
  readonly state$: Observable<QueryView<TData>>
  /**
   * Resolves once there is a result or a refusal, with the same promise for all handles of the
   * query.
   * The query is watched until then and for half a minute longer.
   */
  ready(): Promise<void>
  /** Asks for the result again, now. Does nothing while no listener subscribes. */
  refetch(): void
  /** Stops watching. A later subscriber watches again. A second call does nothing. */
  unsubscribe(): void
}

/** Watches a query. All handles of the same name and arguments share one registration. */
export function watch(
  tracking: Tracking,
  definition: Named,
  programArgs: unknown,
): QueryHandle<unknown> {
  const args = encodeArgs(definition, programArgs)
  refuseFiles(args, definition.name)
  // As text: when the program changes its arguments later, that is another query.
  return new WatchedQuery(tracking, definition, toStableJson(args) ?? 'null')
}

class WatchedQuery
  extends FollowerHandle<QueryView<unknown>>
  implements QueryHandle<unknown>, FollowerHooks<QueryView<unknown>>
{
  protected readonly follower: Follower<QueryView<unknown>>
  private readonly tracking: Tracking
  private readonly name: string
  private readonly args: string

  constructor(tracking: Tracking, definition: Named, args: string) {
    super()
    this.tracking = tracking
    this.name = definition.name
    this.args = args
    this.follower = new Follower(tracking.registry, createReader(definition), this)
    const target = tracking.queries.targets.get(this.key)
    if (target) this.follower.setTarget(target)
  }

  get refetch(): () => void {
    return () => {
      const { cell } = this.follower
      if (cell) this.tracking.registry.refetch(cell)
    }
  }

  get unsubscribe(): () => void {
    return () => this.follower.stop()
  }

  get first(): QueryView<unknown> {
    return idleQuery
  }

  toFold(): Fold<QueryView<unknown>> {
    return toFold(this.follower.view)
  }

  onWanted(): void {
    if (!this.follower.cell) this.follower.setTarget(this.shareTarget())
  }

  onChange(): void {}

  get onDropped(): () => void {
    return () => void this.tracking.queries.targets.delete(this.key)
  }

  private get key(): string {
    return `${this.name} ${this.args}`
  }

  /** The registered target of the same query, or a new one that later handles share. */
  private shareTarget(): Target {
    const { queries } = this.tracking
    const known = queries.targets.get(this.key)
    if (known) return known
    queries.lastId += 1
    const id = `q${queries.lastId}`
    const item = { kind: 'query', id, function: this.name, args: JSON.parse(this.args) } as const
    const target = { kind: queryKind, item }
    queries.targets.set(this.key, target)
    return target
  }
}

/** JSON that does not depend on the order of members. */
function toStableJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
