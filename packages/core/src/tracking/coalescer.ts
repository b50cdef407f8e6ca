import { type SchedulerLike, Subscription } from 'rxjs'
import type { Cell } from './cell.ts'
import { everyFrame, isHidden } from './frames.ts'

/**
 * Shows the first update after a quiet frame at once, and from then on, once per frame, the newest of
 * each target: however much comes, a screen is told once per frame. In a hidden page, which paints no
 * frames, ends are shown at once.
 */
export interface Coalescer {
  /**
   * An `update` for a cell.
   *
   * @param isWhole whether only the newest counts: states without revisions are all read, in order
   */
  push(cell: Cell, data: string, isWhole: boolean): void
  /** Ends the frames; what was not shown yet is shown. */
  close(): void
}

/**
 * @param intervalMs the length of a frame where nothing is painted; 0 shows everything at once
 * @param onShown told each cell that shows something new
 */
export function createCoalescer(
  intervalMs: number,
  scheduler: SchedulerLike,
  onShown: (cell: Cell) => void,
): Coalescer {
  /** What waits for the next frame. */
  let waiting: Cell[] = []
  /** Runs until a frame had nothing to show. */
  let frames = Subscription.EMPTY
  /** Looked at once per frame: it is on the path of every update. */
  let isUnseen = false

  const show = (cell: Cell): void => {
    if (cell.show()) onShown(cell)
  }
  const showAll = (): void => {
    const cells = waiting
    waiting = []
    for (const cell of cells) {
      cell.isWaiting = false
      show(cell)
    }
  }
  const tick = (): void => {
    isUnseen = isHidden()
    if (waiting.length === 0) frames.unsubscribe()
    else showAll()
  }
  return {
    push(cell, data, isWhole) {
      if (frames.closed) {
        cell.take(data)
        show(cell)
        if (intervalMs === 0) return
        isUnseen = isHidden()
        frames = everyFrame(intervalMs, scheduler, tick)
        return
      }
      const isEnd = isUnseen && mayBeEnd(cell, data)
      if (isWhole && !isEnd) cell.keep(data)
      else cell.take(data)
      if (isEnd && cell.isDone) return show(cell)
      if (cell.isWaiting) return
      cell.isWaiting = true
      waiting.push(cell)
    },
    close() {
      frames.unsubscribe()
      showAll()
    },
  }
}

const statusMember = '"status":"'

/** Whether it has to be read to know. Progress, which is nearly all that comes, says so in its first status. */
function mayBeEnd({ item }: Cell, data: string): boolean {
  if (item.kind === 'query') return false
  return !data.startsWith('running', data.indexOf(statusMember) + statusMember.length)
}
