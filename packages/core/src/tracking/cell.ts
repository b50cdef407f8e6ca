import type { Kind, Target } from '../kinds/kind.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import { toTarget } from '../protocol/server-event.ts'
import { decodeUpdate, revisionIn } from '../protocol/update-text.ts'
import type { Fold, FollowEvent } from '../state/run-state.ts'
import type { Sync } from '../state/sync.ts'

/** What every view has that can be followed. */
export interface FollowView {
  sync: Sync
  /** Nothing of it has come from the server yet. */
  loading: boolean
  /** Of runs alone: a query never ends. */
  isDone?: boolean
}

/** Who is told when a cell shows something new. */
export interface Watcher {
  notify(): void
}

const nobody: readonly Watcher[] = []

/**
 * One target: the fold of all that was heard of it, and who listens. There may be ten thousand of
 * them, so a cell is one small object: no Observable, no closures.
 */
export class Cell {
  readonly item: BatchItem
  readonly kind: Kind
  /** Told when nothing of it is kept any more. */
  readonly onDropped: (() => void) | undefined
  /** How many hold it. At zero it is let go of. */
  holders = 0
  /** With whom it was let go of last. */
  leaving: readonly Cell[] | null = null
  /** When something was last heard of it, and how long it may be silent until it is read again. */
  heardAt = 0
  quietMs = 0
  /** Resolves when the server has said something of it: one promise for all who wait. */
  ready: Promise<void> | null = null
  /** The session on which it is registered: nothing of it is kept once that is over. */
  registeredOn: object | null = null
  /** The session that it was asked on last, registered or not. */
  askedOn: object | null = null
  /** It is being read once more, since its answer was overtaken. */
  isReread = false
  /** It is registered, and again on each new session. */
  isFollowed = false
  /** It had ended when somebody began to watch it, and the server is asked whether it has been run again. */
  isChecked = false
  /** It has news, which it shows with the next frame. */
  isWaiting = false
  /** The newest `update`, as text, until it is shown; and its revision. */
  private pending: string | null = null
  private pendingRevision = 0
  private fold: Fold<FollowView>
  private shown: FollowView
  private watchers: readonly Watcher[] = nobody

  constructor({ kind, item }: Target, fold: Fold<FollowView>, onDropped?: () => void) {
    this.item = item
    this.onDropped = onDropped
    this.kind = kind
    this.fold = fold
    this.shown = fold.view
  }

  /** Its name in events. */
  get target(): string {
    return toTarget(this.item.kind, this.item.id)
  }

  /** What is shown of it. */
  get view(): FollowView {
    return this.shown
  }

  /** Whether it has ended, shown or not. */
  get isDone(): boolean {
    return this.fold.view.isDone === true
  }

  /** The answer of its registration was overtaken: it has to be read once more. */
  get isUnsettled(): boolean {
    return this.fold.isUnsettled
  }

  add(watcher: Watcher): void {
    // Of exactly that size: a spread makes room for sixteen more.
    this.watchers = this.watchers.concat(watcher)
  }

  remove(watcher: Watcher): void {
    this.watchers = this.watchers.filter((other) => other !== watcher)
  }

  /** Something came: it may be silent again for as long as at first. */
  hear(atMs: number): void {
    this.heardAt = atMs
    this.quietMs = 0
  }

  /** Takes in what was heard, and shows it. */
  dispatch(event: FollowEvent<unknown>): void {
    // Pushes from before this registration do not count: another server may answer it.
    if (event.type === 'asked') this.takePending()
    this.reduce(event)
    this.show()
  }

  /** Keeps an `update` to be read when it is shown: until then a newer one may replace it unread. */
  keep(data: string): void {
    const revision = revisionIn(data)
    // An older one, or one whose number stands elsewhere: the fold decides.
    if (this.pending !== null && !(revision > this.pendingRevision)) return this.take(data)
    this.pending = data
    this.pendingRevision = revision
  }

  /** Takes in an `update` without showing it yet. */
  take(data: string): void {
    const update = decodeUpdate(data, this.item.kind)
    const snapshot = update && this.kind.parse(update.payload, update.revision)
    if (snapshot && !(snapshot instanceof Error)) this.reduce({ type: 'updated', snapshot })
  }

  /** Shows what is known. Whether anything was new. */
  show(): boolean {
    this.takePending()
    if (this.shown === this.fold.view) return false
    this.shown = this.fold.view
    for (const watcher of this.watchers) watcher.notify()
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
    this.fold = this.kind.reduce(this.fold, event) as Fold<FollowView>
  }
}
