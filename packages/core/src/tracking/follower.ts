import type { Observable } from 'rxjs'
import type { BatchItem } from '../protocol/envelopes.ts'
import type { Fold } from '../state/run-state.ts'
import { createStore, type Store, toObservable } from '../store/store.ts'
import type { Cell, FollowView } from './cell.ts'
import type { Registry } from './registry.ts'

/** Follows one target while it is wanted, and shows what it showed last while it is not. */
export interface Follower<V> extends Store<V> {
  readonly state$: Observable<V>
  /** Shows a view that comes from no server: of a start that is under way, or failed. */
  show(view: V): void
  /** There is something to follow now: as soon as it is wanted. */
  follow(item: BatchItem): void
  /** Wanted also while nobody subscribes, from now on. */
  hold(): void
  /** Not wanted any more, until somebody subscribes anew. */
  stop(): void
  /** The cell, while it is followed. */
  cell(): Cell | null
  /** Calls `listener` after each change, without wanting any. */
  onChange(listener: () => void): void
}

/** A follower that shows `first` until there is something to follow. */
export function createFollower<V extends FollowView>(
  registry: Registry,
  first: V,
  toFold: (item: BatchItem) => Fold<V>,
): Follower<V> {
  const shown = createStore(first)
  let item: BatchItem | null = null
  let cell: Cell | null = null
  let unsubscribe: (() => void) | null = null
  let isHeld = false
  let isStopped = false
  let subscribers = 0

  const settle = (): void => {
    const isWanted = item !== null && !isStopped && (isHeld || subscribers > 0)
    if (isWanted && !cell && item) watch(item)
    else if (!isWanted && cell) {
      unsubscribe?.()
      registry.release(cell)
      cell = null
    }
  }
  const watch = (wanted: BatchItem): void => {
    const held = registry.hold(wanted, () => toFold(wanted))
    cell = held
    // Cells know no types: the definition that came with this handle does.
    const show = (): void => shown.set(held.getSnapshot() as V)
    unsubscribe = held.subscribe(show)
    show()
  }
  const subscribe = (listener: () => void): (() => void) => {
    subscribers += 1
    isStopped = false
    settle()
    const leave = shown.subscribe(listener)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      leave()
      subscribers -= 1
      settle()
    }
  }
  return {
    getSnapshot: shown.getSnapshot,
    subscribe,
    get state$() {
      return toObservable({ getSnapshot: shown.getSnapshot, subscribe })
    },
    show: shown.set,
    follow(next) {
      item = next
      settle()
      if (!cell) shown.set(toFold(next).view)
    },
    hold() {
      isHeld = true
      isStopped = false
      settle()
    },
    stop() {
      isHeld = false
      isStopped = true
      settle()
    },
    cell: () => cell,
    onChange: (listener) => void shown.subscribe(listener),
  }
}
