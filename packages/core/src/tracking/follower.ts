import type { Observable } from 'rxjs'
import type { BatchItem } from '../protocol/envelopes.ts'
import type { Fold } from '../state/run-state.ts'
import { type Store, tell, toObservable } from '../store/store.ts'
import type { Cell, FollowView } from './cell.ts'
import { type Coded, createDecode, createShow, type Decode } from './codec.ts'
import { kinds } from './kinds.ts'
import type { Registry } from './registry.ts'
import { isReady, unwatched } from './sync.ts'

const nobody: readonly (() => void)[] = []

/**
 * Follows one target while it is wanted. While it is not, it shows what others see who follow the same
 * target, else what it showed last, as stale. A handle is one; there may be ten thousand, so it is an
 * object with a few closures, those that screens pass on.
 */
export abstract class Follower<V extends FollowView> implements Store<V> {
  readonly getSnapshot: () => V
  readonly subscribe: (listener: () => void) => () => void
  protected readonly registry: Registry
  protected readonly decode: Decode
  protected cell: Cell | null = null
  /** As the server says it: targets are shared, and each handle has its own definition. */
  private view: V
  /** What the listeners were told last: looking at the target of others tells nobody. */
  private told: V
  protected item: BatchItem | null = null
  private listeners = nobody
  private isHeld = false
  private isStopped = false

  constructor(registry: Registry, what: Coded, first: V) {
    this.registry = registry
    this.decode = createDecode(what)
    const show = createShow<V>(this.decode)
    this.view = first
    this.told = first
    this.getSnapshot = () => show(this.look())
    this.subscribe = (listener) => this.listen(listener)
  }

  // Getters, so that a method still knows its handle after `const { ready } = job`.
  get getServerSnapshot(): () => V {
    let first: V | undefined
    return () => {
      first ??= this.first()
      return first
    }
  }

  /** The view now, then each change. Never completes, never errors. */
  get state$(): Observable<V> {
    return toObservable(this)
  }

  get ready(): () => Promise<void> {
    return () => {
      const pending = this.item && this.registry.find(this.item)?.ready
      if (pending || isReady(this.look())) return pending ?? Promise.resolve()
      const ready = new Promise<void>((resolve) => {
        const check = (): void => {
          if (!isReady(this.look())) return
          resolve()
          // Whoever waited wants to see it: until then it stays followed.
          this.registry.afterLinger(leave)
        }
        const leave = this.subscribe(check)
      })
      if (this.cell) this.cell.ready = ready
      return ready
    }
  }

  /** What is shown before anything was asked of a server. */
  protected abstract first(): V

  /** What is shown of a target until its server has said something. */
  protected abstract toFold(item: BatchItem): Fold<V>

  /** Told each change before anybody else, as the server says it. */
  protected changed(_view: V): void {}

  /** Somebody subscribes. */
  protected wanted(): void {}

  /** Shows a view, also one that comes from no server: of a start that is under way, or failed. */
  protected show(view: V): void {
    this.view = view
    if (view === this.told) return
    this.told = view
    this.changed(view)
    for (const listener of this.listeners) tell(listener)
  }

  /** There is something to follow now: as soon as it is wanted. */
  protected follow(item: BatchItem): void {
    this.item = item
    this.settle()
    if (!this.cell) this.see(this.toFold(item).view)
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

  /** The view now, as the server says it. */
  protected look(): V {
    if (this.cell || !this.item || this.isStopped) return this.view
    const known = this.registry.find(this.item)
    this.view = (known?.getSnapshot() as V) ?? this.unwatched(this.item)
    return this.view
  }

  private unwatched({ kind }: BatchItem): V {
    return unwatched(kinds[kind], this.view, this.registry.now())
  }

  private listen(listener: () => void): () => void {
    this.listeners = [...this.listeners, listener]
    this.isStopped = false
    this.wanted()
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
      this.see(this.unwatched(cell.item))
    }
  }

  /** Shows what nobody follows: who listens all the same is told; nobody else has to know until he looks. */
  private see(view: V): void {
    this.view = view
    if (this.listeners.length > 0) this.show(view)
  }
}
