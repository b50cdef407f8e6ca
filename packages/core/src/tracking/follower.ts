import type { Observable } from 'rxjs'
import type { Target } from '../kinds/kind.ts'
import type { Fold } from '../state/run-state.ts'
import { type Store, tell, toObservable } from '../store/store.ts'
import type { Cell, FollowView } from './cell.ts'
import { createReader, type Named, type Reader } from './coding.ts'
import type { Registry } from './registry.ts'
import { isReady, unwatched } from './sync.ts'

const nobody: readonly (() => void)[] = []

/**
 * Follows one target while it is wanted: while somebody subscribes, or it is held. What it shows is its cell's
 * view; without a cell, what others show who follow the same target, else what it showed last, as stale.
 *
 * Subscribing tells nobody: what changes because of it is there before the listener is in, and is told to those who
 * listened before a moment later. There may be ten thousand, so it is an object with a few closures, those that
 * screens pass on.
 */
export abstract class Follower<V extends FollowView> implements Store<V> {
  readonly getSnapshot: () => V
  readonly subscribe: (listener: () => void) => () => void
  protected readonly registry: Registry
  protected readonly reader: Reader
  /** What is followed now; `null` while nothing is wanted, or nothing is known yet. */
  protected cell: Cell | null = null
  /** What is to be followed. */
  protected target: Target | null = null
  /** What is shown while there is no cell; `null` while there is one. */
  private kept: V | null
  private listeners = nobody
  private isHeld = false
  private isStopped = false
  private isQuiet = false

  constructor(registry: Registry, definition: Named, first: V) {
    this.registry = registry
    const reader = createReader(definition)
    this.reader = reader
    this.kept = first
    this.getSnapshot = () => reader.show(this.view)
    this.subscribe = (listener) => this.listen(listener)
  }

  // Getters, so that a method still knows its handle after `const { ready } = job`.
  get getServerSnapshot(): () => V {
    let first: V | undefined
    return () => {
      first ??= this.first
      return first
    }
  }

  /** The view now, then each change. Never completes, never errors. */
  get state$(): Observable<V> {
    return toObservable(this)
  }

  get ready(): () => Promise<void> {
    return () => {
      if (isReady(this.view)) return Promise.resolve()
      this.onWanted()
      const { target, registry } = this
      if (target) return registry.whenReady(target, () => this.toFold(target), this.onDropped)
      return new Promise((resolve) => {
        const check = (): void => {
          if (!isReady(this.view)) return
          leave()
          resolve()
        }
        const leave = this.subscribe(check)
        check()
      })
    }
  }

  /** What is shown before anything was asked of a server. */
  protected abstract get first(): V

  /** What is shown of a target until its server has said something. */
  protected abstract toFold(target: Target): Fold<V>

  /** Somebody subscribes. */
  protected abstract onWanted(): void

  /** Told when nothing of the target is kept any more on this page. */
  protected get onDropped(): (() => void) | undefined {
    return undefined
  }

  /** Told each change before anybody else; once more of the same is possible. */
  protected onChange(): void {}

  /** The view now, as the server says it: targets are shared, and each handle has its own definition. */
  protected get view(): V {
    // Cells know no types: the definition that came with this handle does.
    if (this.cell) return this.cell.view as V
    const kept = this.kept ?? this.first
    if (!this.target || this.isStopped) return kept
    const known = this.registry.find(this.target)
    // Remembered, or what was seen of others would go backwards when they leave.
    this.kept = known ? (known.view as V) : unwatched(this.target.kind, kept, this.registry.now)
    return this.kept
  }

  /** Shows a view that comes from no server: of a start that is under way, or failed. */
  protected show(view: V): void {
    this.change(() => {
      this.kept = view
    })
  }

  /** There is something to follow now: as soon as it is wanted. */
  protected follow(target: Target): void {
    this.change(() => {
      this.target = target
      this.takeOrLeave()
      if (!this.cell) this.kept = this.toFold(target).view
    })
  }

  /** Wanted also while nobody subscribes, from now on, unless it was stopped. */
  protected hold(): void {
    this.isHeld = true
    this.takeOrLeave()
  }

  /** Wanted only while somebody subscribes, from now on. */
  protected letGo(): void {
    this.isHeld = false
    this.takeOrLeave()
  }

  /** Not wanted any more, until somebody subscribes anew. */
  protected stop(): void {
    this.change(() => {
      this.isHeld = false
      this.isStopped = true
      this.takeOrLeave()
    })
  }

  /** The cell shows something new. */
  notify(): void {
    this.tell(this.listeners)
  }

  private listen(listener: () => void): () => void {
    const { view, cell } = this
    const others = this.listeners
    this.isStopped = false
    this.isQuiet = true
    try {
      this.onWanted()
    } finally {
      this.isQuiet = false
    }
    // Of exactly that size: a spread makes room for sixteen more.
    this.listeners = others.concat(listener)
    this.takeOrLeave()
    const isOther = this.view !== view
    if (isOther || this.cell !== cell) queueMicrotask(() => this.tell(isOther ? others : nobody))
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      const at = this.listeners.indexOf(listener)
      this.listeners = this.listeners.filter((_, index) => index !== at)
      this.takeOrLeave()
    }
  }

  /** Does what may change what is shown, and tells whom it concerns. */
  private change(work: () => void): void {
    const { view } = this
    work()
    // Where nobody watches, nothing happens: who looks will see.
    const isWatched = this.cell !== null || this.listeners.length > 0
    if (this.view !== view && isWatched) this.tell(this.listeners)
  }

  private tell(listeners: readonly (() => void)[]): void {
    if (this.isQuiet) return
    this.onChange()
    for (const listener of listeners) {
      // Who has stopped meanwhile is told nothing more.
      if (listeners === this.listeners || this.listeners.includes(listener)) tell(listener)
    }
  }

  /** Takes the cell when it is wanted, and lets go of it when it is not. */
  private takeOrLeave(): void {
    const { target, cell } = this
    const isWanted = target && !this.isStopped && (this.isHeld || this.listeners.length > 0)
    if (isWanted && !cell) {
      this.cell = this.registry.hold(target, () => this.toFold(target), this.onDropped)
      this.cell.add(this)
      this.kept = null
    } else if (!isWanted && cell) {
      const view = cell.view as V
      this.cell = null
      this.kept = unwatched(cell.kind, view, this.registry.now)
      cell.remove(this)
      this.registry.release(cell)
    }
  }
}
