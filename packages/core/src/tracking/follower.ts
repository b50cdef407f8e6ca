import type { Observable } from 'rxjs'
import type { Target } from '../kinds/kind.ts'
import type { Cell, CellListener } from '../registry/cell.ts'
import type { Registry } from '../registry/registry.ts'
import { isReady, toUnwatched } from '../registry/sync-changes.ts'
import type { FollowView } from '../state/follow-view.ts'
import type { Fold } from '../state/run-state.ts'
import { callListener, type Store, toObservable } from '../store/store.ts'
import type { Reader } from './coding.ts'

/** Callbacks of the handle that owns a follower. */
export interface FollowerHooks<V extends FollowView> {
  /** The view before the server was asked anything. */
  readonly first: V
  /** The state of a target until the server has answered. */
  toFold(target: Target): Fold<V>
  /** Called before a listener subscribes: the handle may start something, or name its target. */
  onWanted(): void
  /** Called on each change, before the listeners. May also be called when nothing changed. */
  onChange(): void
  /** Called when the page keeps nothing of the target any more. */
  readonly onDropped?: (() => void) | undefined
}

type Listeners = readonly (() => void)[]
const noListeners: Listeners = []

/**
 * The store of one handle. It follows its target while it is wanted: while a listener subscribes,
 * or while it is pinned.
 *
 *   no target ──setTarget──► unwanted ◄──last listener leaves, stop──┐
 *   (own view)            (kept view) ──listener or pin──► following (the cell's view)
 *
 * Subscribing calls no listener at once. If it changes the view, the older listeners are called
 * in a microtask, and the new one is not called. A page may have ten thousand followers, so each is
 * one object with two closures: programs pass `getSnapshot` and `subscribe` on without their
 * object.
 */
export class Follower<V extends FollowView> implements Store<V>, CellListener {
  readonly getSnapshot: () => V
  readonly subscribe: (listener: () => void) => () => void
  /** The followed cell; `null` while the target is not wanted or not known. */
  cell: Cell | null = null
  /** The target; `null` until there is one. */
  target: Target | null = null
  private readonly registry: Registry
  private readonly hooks: FollowerHooks<V>
  /** The view while there is no cell; `null` while there is one. */
  private kept: V | null
  private listeners = noListeners
  private isPinned = false
  private isStopped = false
  private isSubscribing = false

  constructor(registry: Registry, reader: Reader, hooks: FollowerHooks<V>) {
    this.registry = registry
    this.hooks = hooks
    this.kept = hooks.first
    this.getSnapshot = () => reader.decodeView(this.view)
    this.subscribe = (listener) => this.addListener(listener)
  }

  /**
   * The view as the server sends it. Handles share cells, and each decodes outputs by its own
   * definition.
   */
  get view(): V {
    // A cell does not know its type; the definition of this handle does.
    if (this.cell) return this.cell.view as V
    const kept = this.kept ?? this.hooks.first
    if (!this.target || this.isStopped) return kept
    const shared = this.registry.find(this.target)
    // Kept, so that the view does not go backwards when the other handles leave.
    this.kept = shared ? (shared.view as V) : toUnwatched(this.target.kind, kept, this.registry.now)
    return this.kept
  }

  // Getters return functions, so that they work after `const { ready } = job`.
  get getServerSnapshot(): () => V {
    let first: V | undefined
    return () => {
      first ??= this.hooks.first
      return first
    }
  }

  /** Emits the view, then each change. Never completes, never errors. */
  get state$(): Observable<V> {
    return toObservable(this)
  }

  /** Resolves once the server has answered, or refused. */
  get ready(): () => Promise<void> {
    return () => {
      if (isReady(this.view)) return Promise.resolve()
      this.hooks.onWanted()
      const { target, registry, hooks } = this
      if (target) return registry.whenReady(target, () => hooks.toFold(target), hooks.onDropped)
      return this.readyWithoutTarget()
    }
  }

  /** Sets a view that does not come from a server: of a start that is under way, or failed. */
  setView(view: V): void {
    this.change(() => {
      this.kept = view
    })
  }

  /** Sets the target, once. It is followed as soon as it is wanted. */
  setTarget(target: Target): void {
    this.change(() => {
      this.target = target
      this.holdOrRelease()
      if (!this.cell) this.kept = this.hooks.toFold(target).view
    })
  }

  /** Follows the target without listeners too, until `unpin()` or `stop()`. */
  pin(): void {
    this.isPinned = true
    this.holdOrRelease()
  }

  /** Follows the target only while there are listeners. */
  unpin(): void {
    this.isPinned = false
    this.holdOrRelease()
  }

  /** Stops following, until a new listener subscribes. */
  stop(): void {
    this.change(() => {
      this.isPinned = false
      this.isStopped = true
      this.holdOrRelease()
    })
  }

  onCellChange(): void {
    this.notify(this.listeners)
  }

  private addListener(listener: () => void): () => void {
    const { view, cell } = this
    const others = this.listeners
    this.isStopped = false
    this.isSubscribing = true
    try {
      this.hooks.onWanted()
    } finally {
      this.isSubscribing = false
    }
    // `concat` allocates exactly this size; a spread reserves room for sixteen more.
    this.listeners = others.concat(listener)
    this.holdOrRelease()
    const isChanged = this.view !== view
    if (isChanged || this.cell !== cell) {
      queueMicrotask(() => this.notify(isChanged ? others : noListeners))
    }
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.removeListener(listener)
    }
  }

  private removeListener(listener: () => void): void {
    const at = this.listeners.indexOf(listener)
    this.listeners = this.listeners.filter((_, index) => index !== at)
    this.holdOrRelease()
  }

  private readyWithoutTarget(): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!isReady(this.view)) return
        unsubscribe()
        resolve()
      }
      const unsubscribe = this.subscribe(check)
      check()
    })
  }

  /** Runs `work`, then notifies the listeners if it changed the view. */
  private change(work: () => void): void {
    const { view } = this
    work()
    const isWatched = this.cell !== null || this.listeners.length > 0
    if (this.view !== view && isWatched) this.notify(this.listeners)
  }

  private notify(listeners: Listeners): void {
    if (this.isSubscribing) return
    this.hooks.onChange()
    for (const listener of listeners) {
      // A listener that another one has removed meanwhile is not called.
      if (listeners === this.listeners || this.listeners.includes(listener)) callListener(listener)
    }
  }

  private holdOrRelease(): void {
    const { target, cell, hooks } = this
    const isWanted = target && !this.isStopped && (this.isPinned || this.listeners.length > 0)
    if (isWanted && !cell) {
      this.cell = this.registry.hold(target, () => hooks.toFold(target), hooks.onDropped)
      this.cell.addListener(this)
      this.kept = null
    } else if (!isWanted && cell) {
      this.kept = toUnwatched(cell.kind, cell.view as V, this.registry.now)
      this.cell = null
      cell.removeListener(this)
      this.registry.release(cell)
    }
  }
}
