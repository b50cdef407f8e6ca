import { Subscription } from 'rxjs'
import type { Target } from '../kinds/kind.ts'
import type { ResolvedOptions } from '../options.ts'
import type { FollowView } from '../state/follow-view.ts'
import type { Fold } from '../state/run-state.ts'
import { after } from '../time/after.ts'
import { Cell } from './cell.ts'
import type { CellMap } from './cell-map.ts'
import { isReady } from './sync-changes.ts'

/** Keeps cells while handles hold them. */
export interface Holds {
  /**
   * Returns the cell of a target, and follows it until `release` was called as often as `hold`.
   *
   * @param toFold the state to begin with, if the page has no cell of the target
   * @param onDropped called when the page drops the cell
   */
  hold(target: Target, toFold: () => Fold<FollowView>, onDropped?: () => void): Cell
  /**
   * Takes one `hold` back. A cell without holders is dropped: at once if its run has ended, else
   * after `keepAliveMs`.
   */
  release(cell: Cell): void
  /**
   * Resolves once the server has answered for a target or refused it, with the same promise for
   * all callers.
   * The target is followed until then and for `lingerMs` longer.
   */
  whenReady(target: Target, toFold: () => Fold<FollowView>, onDropped?: () => void): Promise<void>
  /** Drops at once all cells that are kept for a while only. */
  close(): void
}

/** Callbacks of the registry, which follows the cells that are held. */
export interface Following {
  follow(cell: Cell): void
  unfollow(cell: Cell): void
  isClosed(): boolean
}

type HoldOptions = Pick<ResolvedOptions, 'scheduler' | 'clock' | 'keepAliveMs' | 'lingerMs'>

/**
 * Keeps the cells that are held, and for a while longer: a component that mounts again costs
 * nothing.
 */
export function createHolds(
  { scheduler, clock, keepAliveMs, lingerMs }: HoldOptions,
  cells: CellMap,
  { follow, unfollow, isClosed }: Following,
): Holds {
  let timers = new Subscription()
  const readiness = new WeakMap<Cell, Promise<void>>()
  /** The group in which each cell was released last. */
  const groupOf = new WeakMap<Cell, readonly Cell[]>()
  /** The cells that are released before the next microtask: they share a timer. */
  let group: Cell[] | null = null

  /** Runs `work` after a while, or when the client closes. */
  const runLater = (ms: number, work: () => void): void => {
    if (isClosed()) return work()
    const waiting = after(ms, scheduler).subscribe()
    timers.add(waiting)
    waiting.add(work)
  }
  const drop = (cell: Cell): void => {
    if (cell.isHeld || !cells.has(cell)) return
    cells.delete(cell)
    unfollow(cell)
    cell.onDropped?.()
  }
  const dropLater = (cell: Cell): void => {
    if (!group) {
      const together: Cell[] = []
      group = together
      queueMicrotask(() => {
        group = null
      })
      runLater(keepAliveMs, () => {
        // A cell that was held and released again meanwhile belongs to a later group.
        for (const one of together) if (groupOf.get(one) === together) drop(one)
      })
    }
    group.push(cell)
    groupOf.set(cell, group)
  }
  const hold: Holds['hold'] = (target, toFold, onDropped) => {
    const { item } = target
    const cell = cells.get(item.kind, item.id) ?? new Cell(target, toFold(), clock, onDropped)
    cells.add(cell)
    cell.hold()
    follow(cell)
    return cell
  }
  const release = (cell: Cell): void => {
    cell.release()
    if (cell.isHeld) return
    if (cell.isDone || isClosed()) drop(cell)
    else dropLater(cell)
  }
  const holdUntilReady = (cell: Cell): Promise<void> =>
    new Promise((resolve) => {
      let isOver = false
      const listener = {
        onCellChange() {
          // A listener that changes the cell calls this again from within.
          if (isOver || !isReady(cell.view)) return
          isOver = true
          cell.removeListener(listener)
          resolve()
          // The caller renders next and subscribes then: until then the target stays followed.
          runLater(lingerMs, () => release(cell))
        },
      }
      cell.addListener(listener)
      listener.onCellChange()
    })
  return {
    hold,
    release,
    whenReady(target, toFold, onDropped) {
      const { kind, id } = target.item
      const existing = cells.get(kind, id)
      const known = existing && readiness.get(existing)
      if (known) return known
      const cell = hold(target, toFold, onDropped)
      const ready = holdUntilReady(cell)
      readiness.set(cell, ready)
      return ready
    },
    close() {
      const ended = timers
      // A listener may reopen the client: cells that are released from now on need a timer again.
      timers = new Subscription()
      ended.unsubscribe()
    },
  }
}
