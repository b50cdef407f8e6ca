import { type SchedulerLike, Subscription, timer } from 'rxjs'
import type { Cell } from './cell.ts'

/** Shows each target's first update at once, and then its newest one at most once per interval. */
export interface Coalescer {
  /**
   * An `update` for a cell.
   *
   * @param isWhole whether only the newest counts: states without revisions are all read, in order
   */
  push(cell: Cell, data: string, isWhole: boolean): void
  /** Ends the timer; what was not shown yet is shown. */
  close(): void
}

/**
 * @param intervalMs 0 shows everything at once
 * @param onShown told each cell that shows something new
 */
export function createCoalescer(
  intervalMs: number,
  scheduler: SchedulerLike,
  onShown: (cell: Cell) => void,
): Coalescer {
  /** What was shown within the interval, and waits for its end before it shows more. */
  let recent: Cell[] = []
  let ticking = Subscription.EMPTY

  const show = (cell: Cell): boolean => {
    const isNews = cell.show()
    if (isNews) onShown(cell)
    return isNews
  }
  const tick = (): void => {
    const waiting = recent
    recent = []
    for (const cell of waiting) {
      cell.isRecent = show(cell)
      if (cell.isRecent) recent.push(cell)
    }
    if (recent.length === 0) ticking.unsubscribe()
  }
  return {
    push(cell, data, isWhole) {
      if (cell.isRecent && isWhole) return cell.keep(data)
      cell.take(data)
      if (cell.isRecent) return
      show(cell)
      if (intervalMs === 0) return
      if (recent.length === 0) {
        ticking.unsubscribe()
        ticking = timer(intervalMs, intervalMs, scheduler).subscribe(tick)
      }
      cell.isRecent = true
      recent.push(cell)
    },
    close() {
      ticking.unsubscribe()
      for (const cell of recent) {
        cell.isRecent = false
        show(cell)
      }
      recent = []
    },
  }
}
