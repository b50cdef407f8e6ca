import type { Cell } from './cell.ts'
import { nextBatch } from './next-batch.ts'

/** Cells that wait to be registered, in order. */
export interface RegistrationQueue {
  /** Adds cells. Those of one turn go out together. */
  add(cells: readonly Cell[]): void
}

/** The owner of a queue: it says how much goes out, and sends it. */
export interface RegistrationQueueOwner {
  readonly signal: AbortSignal
  /** The most requests at the same time. */
  readonly maxInFlight: number
  /** The most cells in the next request. */
  batchSize(): number
  /** False for a cell that was released: it is left out. */
  isWanted(cell: Cell): boolean
  /** Sends one request. Resolves when it is over. */
  send(cells: Cell[]): Promise<void>
}

/** Sends what is added, a few requests at a time, until the owner's signal. */
export function createRegistrationQueue({
  signal,
  maxInFlight,
  batchSize,
  isWanted,
  send,
}: RegistrationQueueOwner): RegistrationQueue {
  const due = new Set<Cell>()
  let inFlight = 0

  const flush = (): void => {
    while (!signal.aborted && due.size > 0 && inFlight < maxInFlight) {
      const cells = take()
      if (cells.length > 0) void sendOne(cells)
    }
  }
  /** Takes the cells of the next request, which may be none: released cells are left out. */
  const take = (): Cell[] => {
    const most = batchSize()
    const cells: Cell[] = []
    for (const cell of due) {
      if (cells.length === most) break
      due.delete(cell)
      if (isWanted(cell)) cells.push(cell)
    }
    for (const cell of cells.splice(nextBatch(cells, most))) due.add(cell)
    return cells
  }
  const sendOne = async (cells: Cell[]): Promise<void> => {
    inFlight += 1
    await send(cells)
    inFlight -= 1
    flush()
  }
  return {
    add(cells) {
      const isFirst = due.size === 0
      for (const cell of cells) due.add(cell)
      if (isFirst) queueMicrotask(flush)
    },
  }
}
