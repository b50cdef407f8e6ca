import { offers, type Session } from '../connection/session.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import type { Cell } from './cell.ts'
import { unregister } from './register.ts'

/** Ends the registrations of one session. */
export interface Unregistrar {
  /** Ends a cell's registration, if it has one that does not end by itself. */
  add(cell: Cell): void
  /**
   * Takes back what was not sent yet. Whether the cell may be registered now: not while the request that ends it is
   * under way, since the two could overtake each other.
   */
  keep(cell: Cell): boolean
}

/**
 * Ends registrations, many in a request where the server takes that, one request at a time: a page that leaves a long
 * list holds up nothing else. What has ended is not registered any more.
 *
 * @param onEnded told each cell that may be registered again
 */
export function createUnregistrar(
  api: Api,
  session: Session,
  signal: AbortSignal,
  onEnded: (cell: Cell) => void,
): Unregistrar {
  const isOffered = offers(session, 'unsubscribe')
  const atOnce = offers(session, 'unsubscribe-batch') ? api.options.maxBatch : 1
  const due = new Set<Cell>()
  let sending: readonly Cell[] = []
  let isRunning = false

  const flush = async (): Promise<void> => {
    if (isRunning) return
    isRunning = true
    // Those of one turn go out together.
    await Promise.resolve()
    while (due.size > 0 && !signal.aborted) {
      sending = [...due].slice(0, atOnce)
      for (const cell of sending) due.delete(cell)
      await unregister(api, session, sending, signal)
      const ended = sending
      sending = []
      if (!signal.aborted) ended.forEach(onEnded)
    }
    isRunning = false
  }
  return {
    add(cell) {
      const isRegistered = cell.registeredOn === session
      cell.registeredOn = null
      if (!isRegistered || cell.isDone || !isOffered) return
      due.add(cell)
      void flush()
    },
    keep(cell) {
      if (due.delete(cell)) cell.registeredOn = session
      return !sending.includes(cell)
    },
  }
}
