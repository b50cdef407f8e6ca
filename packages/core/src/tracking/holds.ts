import { Subscription } from 'rxjs'
import type { Target } from '../kinds/kind.ts'
import type { ResolvedOptions } from '../options.ts'
import type { Fold } from '../state/run-state.ts'
import { after } from '../time/after.ts'
import { Cell, type FollowView } from './cell.ts'
import type { CellMap } from './cell-map.ts'
import { isReady } from './sync.ts'

/** Which targets are wanted, and by how many. */
export interface Holds {
  /**
   * The cell of a target, followed until `release` was called as often as `hold`.
   *
   * @param onDropped told when nothing of the target is kept any more
   */
  hold(target: Target, fold: () => Fold<FollowView>, onDropped?: () => void): Cell
  /**
   * Lets go. What has ended is forgotten at once; else the registration ends a little later, unless somebody holds
   * the target again.
   */
  release(cell: Cell): void
  /**
   * Resolves once the server has said something of a target, or will not: one promise for all who wait. Until then,
   * and for half a minute after, it is followed.
   */
  whenReady(target: Target, fold: () => Fold<FollowView>, onDropped?: () => void): Promise<void>
  /** Lets go at once of what is only kept for a while. */
  close(): void
}

/** What is done about a target that is wanted, or not any more. */
export interface Following {
  follow(cell: Cell): void
  unfollow(cell: Cell): void
  isClosed(): boolean
}

/** Keeps the cells of targets while they are wanted, and a little longer: a remount costs nothing. */
export function createHolds(
  {
    scheduler,
    keepAliveMs,
    lingerMs,
  }: Pick<ResolvedOptions, 'scheduler' | 'keepAliveMs' | 'lingerMs'>,
  cells: CellMap,
  { follow, unfollow, isClosed }: Following,
): Holds {
  let timers = new Subscription()
  /** Those that are let go of in one turn: one timer for all. */
  let leaving: Cell[] | null = null

  /** Does something after a while, or when the client is closed before. */
  const atEnd = (ms: number, work: () => void): void => {
    if (isClosed()) return work()
    const waiting = after(ms, scheduler).subscribe()
    timers.add(waiting)
    waiting.add(work)
  }
  const drop = (cell: Cell): void => {
    if (cell.holders > 0 || !cells.has(cell)) return
    cells.delete(cell)
    unfollow(cell)
    cell.onDropped?.()
  }
  const leave = (cell: Cell): void => {
    if (!leaving) {
      const together: Cell[] = []
      leaving = together
      queueMicrotask(() => {
        leaving = null
      })
      atEnd(keepAliveMs, () => {
        // One that was held and let go of again meanwhile has its time from then on.
        for (const one of together) if (one.leaving === together) drop(one)
      })
    }
    leaving.push(cell)
    cell.leaving = leaving
  }
  const hold: Holds['hold'] = (target, fold, onDropped) => {
    const { item } = target
    const cell = cells.get(item.kind, item.id) ?? new Cell(target, fold(), onDropped)
    cells.add(cell)
    cell.holders += 1
    follow(cell)
    return cell
  }
  const release = (cell: Cell): void => {
    cell.holders -= 1
    if (cell.holders > 0) return
    if (cell.isDone || isClosed()) drop(cell)
    else leave(cell)
  }
  return {
    hold,
    release,
    whenReady(target, fold, onDropped) {
      const known = cells.get(target.item.kind, target.item.id)?.ready
      if (known) return known
      const cell = hold(target, fold, onDropped)
      cell.ready = new Promise((resolve) => {
        let isOver = false
        const watcher = {
          notify() {
            // Also told while it is being told, by a listener that changes something.
            if (isOver || !isReady(cell.view)) return
            isOver = true
            cell.remove(watcher)
            resolve()
            // Whoever waited wants to see it: until then it stays followed.
            atEnd(lingerMs, () => release(cell))
          },
        }
        cell.add(watcher)
        watcher.notify()
      })
      return cell.ready
    },
    close() {
      const ended = timers
      // A listener may have opened the client again: what is let go of now has its time.
      timers = new Subscription()
      ended.unsubscribe()
    },
  }
}
