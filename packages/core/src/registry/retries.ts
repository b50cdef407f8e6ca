import { Subscription } from 'rxjs'
import { backoffDelay } from '../connection/backoff.ts'
import type { ResolvedOptions } from '../options.ts'
import { after } from '../time/after.ts'
import type { Cell } from './cell.ts'

/** The cells that wait until they are tried again. */
export interface Retries {
  /**
   * Makes a cell wait, longer with each attempt. Cells that fail in the same turn and as often wait
   * equally long, so that they go out together.
   *
   * @param attempt the attempt to come, from 2
   * @param retryAfterMs how long the server asked to wait, in milliseconds
   */
  add(cell: Cell, attempt: number, retryAfterMs: number | null): void
  delete(cell: Cell): void
  close(): void
}

/**
 * Creates the waits of one session, with one timer for all cells.
 *
 * @param onDue called with the cells whose wait is over
 */
export function createRetries(
  { elapsed, random, scheduler }: Pick<ResolvedOptions, 'elapsed' | 'random' | 'scheduler'>,
  onDue: (cells: readonly Cell[]) => void,
): Retries {
  /** When each cell is due, by `elapsed()`. */
  const dueAt = new Map<Cell, number>()
  let timer = Subscription.EMPTY
  let isScheduling = false
  let isClosed = false
  let chance = 0

  const schedule = (): void => {
    isScheduling = false
    timer.unsubscribe()
    if (isClosed || dueAt.size === 0) return
    const firstMs = Math.min(...dueAt.values())
    timer = after(firstMs - elapsed(), scheduler).subscribe(() => {
      const cells = [...dueAt].filter(([, atMs]) => atMs <= firstMs).map(([cell]) => cell)
      for (const cell of cells) dueAt.delete(cell)
      onDue(cells)
      schedule()
    })
  }
  return {
    add(cell, attempt, retryAfterMs) {
      // One throw of the dice for all that fail in one turn.
      if (!isScheduling) {
        chance = random()
        isScheduling = true
        queueMicrotask(schedule)
      }
      const delayMs = backoffDelay({ cause: 'network', attempt, chance, retryAfterMs })
      dueAt.set(cell, elapsed() + delayMs)
    },
    delete: (cell) => void dueAt.delete(cell),
    close() {
      isClosed = true
      timer.unsubscribe()
    },
  }
}
