import { type SchedulerLike, Subscription } from 'rxjs'
import type { Cell } from './cell.ts'
import { everyFrame, isHidden } from './frames.ts'

/**
 * Publishes the first update after a quiet frame at once. After that it publishes the newest
 * state of each target once per frame, however many updates arrive. A hidden page paints no frames:
 * there the end of a run is published at once.
 */
export interface Coalescer {
  /**
   * Takes in an `update` as text.
   *
   * @param onlyNewestCounts false without revisions: then every update is read, in order
   */
  push(cell: Cell, data: string, onlyNewestCounts: boolean): void
  /** Stops the frames and publishes everything that is due. */
  close(): void
}

/**
 * Creates a coalescer.
 *
 * @param intervalMs the length of a frame where nothing is painted; 0 publishes each update at once
 * @param onPublished called with each cell that has a new view
 */
export function createCoalescer(
  intervalMs: number,
  scheduler: SchedulerLike,
  onPublished: (cell: Cell) => void,
): Coalescer {
  let due: Cell[] = []
  /** Runs until a frame had nothing to publish. */
  let frames = Subscription.EMPTY
  /** Read once per frame, since every update needs it. */
  let isPageHidden = false

  const publish = (cell: Cell): void => {
    if (cell.publish()) onPublished(cell)
  }
  const publishAll = (): void => {
    const cells = due
    due = []
    for (const cell of cells) publish(cell)
  }
  const onFrame = (): void => {
    isPageHidden = isHidden()
    if (due.length === 0) frames.unsubscribe()
    else publishAll()
  }
  return {
    push(cell, data, onlyNewestCounts) {
      if (frames.closed) {
        cell.take(data)
        publish(cell)
        if (intervalMs === 0) return
        isPageHidden = isHidden()
        frames = everyFrame(intervalMs, scheduler, onFrame)
        return
      }
      const isEnd = isPageHidden && mayBeEnd(cell, data)
      if (onlyNewestCounts && !isEnd) cell.queue(data)
      else cell.take(data)
      if (isEnd && cell.isDone) publish(cell)
      else if (cell.markDue()) due.push(cell)
    },
    close() {
      frames.unsubscribe()
      publishAll()
    },
  }
}

const statusMember = '"status":"'

/**
 * False without parsing when the first status in the text is `running`, as in nearly all updates.
 */
function mayBeEnd({ item }: Cell, data: string): boolean {
  if (item.kind === 'query') return false
  return !data.startsWith('running', data.indexOf(statusMember) + statusMember.length)
}
