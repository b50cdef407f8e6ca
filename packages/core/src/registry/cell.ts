import type { Kind, Target } from '../kinds/kind.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import { toTarget } from '../protocol/target.ts'
import { decodeUpdate, revisionIn } from '../protocol/update-text.ts'
import type { FollowView } from '../state/follow-view.ts'
import type { Fold, FollowEvent } from '../state/run-state.ts'
import type { ServerClock } from '../time/server-clock.ts'

/** Hears that a cell has a new view. */
export interface CellListener {
  onCellChange(): void
}

const noListeners: readonly CellListener[] = []

/**
 * The state of one target on this page. Every handle that follows the target shares the cell.
 *
 *   dispatch(event) ──► reduce ──► publish ──► view, listeners
 *   queue(text) or take(text) ──────► publish, with the next frame
 *
 * A page may have ten thousand cells, so a cell is one small object without closures.
 */
export class Cell {
  readonly item: BatchItem
  readonly kind: Kind
  /** Called when the page drops the cell. */
  readonly onDropped: (() => void) | undefined
  private readonly clock: ServerClock
  private holders = 0
  /** The session of the newest registration request. */
  private session: object | null = null
  private isRegistered = false
  private isDue = false
  /** The newest `update` as text, parsed only when it is published. */
  private pending: string | null = null
  private pendingRevision = 0
  private fold: Fold<FollowView>
  private published: FollowView
  private listeners: readonly CellListener[] = noListeners

  constructor(
    { kind, item }: Target,
    fold: Fold<FollowView>,
    clock: ServerClock,
    onDropped?: () => void,
  ) {
    this.item = item
    this.clock = clock
    this.onDropped = onDropped
    this.kind = kind
    this.fold = fold
    this.published = fold.view
  }

  /** The target's name in events, such as `job:<id>`. */
  get target(): string {
    return toTarget(this.item.kind, this.item.id)
  }

  /** The published view. */
  get view(): FollowView {
    return this.published
  }

  /** True once the run has ended, even if that is not published yet. */
  get isDone(): boolean {
    return this.fold.view.isDone === true
  }

  /**
   * True when a push overtook the answer to a registration: only one more read can tell which is
   * newer.
   */
  get needsReread(): boolean {
    return this.fold.needsReread
  }

  /** True while a handle holds the cell. */
  get isHeld(): boolean {
    return this.holders > 0
  }

  hold(): void {
    this.holders += 1
  }

  /** Takes one `hold()` back. */
  release(): void {
    this.holders -= 1
  }

  /**
   * Notes that a registration request goes out. The server may register the target even if its
   * answer is lost.
   */
  startRegistration(session: object): void {
    const isFirst = this.session !== session
    this.setRegistered(session)
    this.dispatch({ type: 'asked', isFirst })
  }

  setRegistered(session: object): void {
    this.session = session
    this.isRegistered = true
  }

  /** Notes that the registration ends. Returns whether there was one on `session`. */
  endRegistration(session: object): boolean {
    const isRegistered = this.isRegistered && this.session === session
    this.isRegistered = false
    return isRegistered
  }

  addListener(listener: CellListener): void {
    // `concat` allocates exactly this size; a spread reserves room for sixteen more.
    this.listeners = this.listeners.concat(listener)
  }

  removeListener(listener: CellListener): void {
    this.listeners = this.listeners.filter((other) => other !== listener)
  }

  /** Reduces an event and publishes the view at once. */
  dispatch(event: FollowEvent<unknown>): void {
    // Read first, so that pushes from before this registration do not count as newer than its
    // answer.
    // Another server may send that answer.
    if (event.type === 'asked') this.takePending()
    this.reduce(event)
    this.publish()
  }

  /**
   * Keeps an `update` unparsed until `publish()`: a newer one replaces it, so most are never
   * parsed.
   */
  queue(data: string): void {
    const revision = revisionIn(data)
    // The revision is lower, or not found in the text: the reducer compares the states.
    if (this.pending !== null && !(revision >= this.pendingRevision)) return this.take(data)
    this.pending = data
    this.pendingRevision = revision
  }

  /** Reduces an `update` without publishing the view. */
  take(data: string): void {
    const update = decodeUpdate(data, this.item.kind)
    const snapshot = update && this.kind.parse(update.payload, update.revision)
    if (snapshot && !(snapshot instanceof Error)) this.reduce({ type: 'updated', snapshot })
  }

  /** Marks the cell as due for the next frame. Returns false when it is marked already. */
  markDue(): boolean {
    if (this.isDue) return false
    this.isDue = true
    return true
  }

  /** Publishes what `queue()` and `take()` have brought. Returns whether the view is new. */
  publish(): boolean {
    this.isDue = false
    this.takePending()
    if (this.published === this.fold.view) return false
    this.published = this.fold.view
    for (const listener of this.listeners) listener.onCellChange()
    return true
  }

  private takePending(): void {
    if (this.pending === null) return
    const data = this.pending
    this.pending = null
    this.take(data)
  }

  private reduce(event: FollowEvent<unknown>): void {
    // A cell's fold and events are of its own kind.
    this.fold = this.kind.reduce(this.fold, event, this.clock.offsetMs) as Fold<FollowView>
  }
}
