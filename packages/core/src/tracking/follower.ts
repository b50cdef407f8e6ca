import type { Observable } from 'rxjs'
import type { BatchItem } from '../protocol/envelopes.ts'
import type { Fold } from '../state/run-state.ts'
import { type Store, tell, toObservable } from '../store/store.ts'
import type { Cell, FollowView } from './cell.ts'
import type { Registry } from './registry.ts'

const nobody: readonly (() => void)[] = []

/**
 * Follows one target while it is wanted, and shows what it showed last while it is not. A handle is
 * one; there may be ten thousand, so it is an object with two closures, those that screens pass on.
 */
export abstract class Follower<V extends FollowView> implements Store<V> {
  readonly getSnapshot: () => V
  readonly subscribe: (listener: () => void) => () => void
  protected readonly registry: Registry
  protected cell: Cell | null = null
  private view: V
  private item: BatchItem | null = null
  private listeners = nobody
  private isHeld = false
  private isStopped = false

  constructor(registry: Registry, first: V) {
    this.registry = registry
    this.view = first
    this.getSnapshot = () => this.view
    this.subscribe = (listener) => this.listen(listener)
  }

  /** The view now, then each change. Never completes, never errors. */
  get state$(): Observable<V> {
    return toObservable(this)
  }

  /** What is shown of a target until its server has said something. */
  protected abstract toFold(item: BatchItem): Fold<V>

  /** Told each change before anybody else. */
  protected changed(_view: V): void {}

  /** Shows a view, also one that comes from no server: of a start that is under way, or failed. */
  protected show(view: V): void {
    if (view === this.view) return
    this.view = view
    this.changed(view)
    for (const listener of this.listeners) tell(listener)
  }

  /** There is something to follow now: as soon as it is wanted. */
  protected follow(item: BatchItem): void {
    this.item = item
    this.settle()
    if (!this.cell) this.show(this.toFold(item).view)
  }

  /** Wanted also while nobody subscribes, from now on. */
  protected hold(): void {
    this.isHeld = true
    this.isStopped = false
    this.settle()
  }

  /** Not wanted any more, until somebody subscribes anew. */
  protected stop(): void {
    this.isHeld = false
    this.isStopped = true
    this.settle()
  }

  /** The cell shows something new. Cells know no types: the definition that came with this handle does. */
  notify(): void {
    if (this.cell) this.show(this.cell.getSnapshot() as V)
  }

  private listen(listener: () => void): () => void {
    this.listeners = [...this.listeners, listener]
    this.isStopped = false
    this.settle()
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      const at = this.listeners.indexOf(listener)
      this.listeners = this.listeners.filter((_, index) => index !== at)
      this.settle()
    }
  }

  private settle(): void {
    const { item, cell } = this
    const isWanted = item && !this.isStopped && (this.isHeld || this.listeners.length > 0)
    if (isWanted && !cell) {
      this.cell = this.registry.hold(item, () => this.toFold(item))
      this.cell.add(this)
      this.notify()
    } else if (!isWanted && cell) {
      this.cell = null
      cell.remove(this)
      this.registry.release(cell)
    }
  }
}
