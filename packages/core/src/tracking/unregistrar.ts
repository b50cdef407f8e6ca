import { offers, type Session } from '../connection/session.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import type { Cell } from './cell.ts'
import { unregister } from './register.ts'

/** Ends the registrations of one session. */
export interface Unregistrar {
  /** Ends a cell's registration, if it has one that does not end by itself. */
  add(cell: Cell): void
  /** The target is wanted again: what was not sent yet is not sent. */
  keep(cell: Cell): void
}

/**
 * Ends registrations, many in a request where the server takes that, one request at a time: a page that leaves a long
 * list holds up nothing else. What has ended is not registered any more.
 *
 * @param onEnded told each target of a request that is over: one that is wanted again by then is to be registered once
 *   more, since the two requests may have overtaken each other
 */
export function createUnregistrar(
  api: Api,
  session: Session,
  signal: AbortSignal,
  onEnded: (target: string) => void,
): Unregistrar {
  const isOffered = offers(session, 'unsubscribe')
  const atOnce = offers(session, 'unsubscribe-batch') ? api.options.maxBatch : 1
  const due = new Map<string, Cell>()
  let isRunning = false

  const flush = async (): Promise<void> => {
    if (isRunning) return
    isRunning = true
    // Those of one turn go out together.
    await Promise.resolve()
    while (due.size > 0 && !signal.aborted) {
      const next = [...due].slice(0, atOnce)
      for (const [target] of next) due.delete(target)
      const cells = next.map(([, cell]) => cell)
      await unregister(api, session, cells, signal)
      if (!signal.aborted) for (const [target] of next) onEnded(target)
    }
    isRunning = false
  }
  return {
    add(cell) {
      const isRegistered = cell.registeredOn === session
      cell.registeredOn = null
      if (!isRegistered || cell.isDone || !isOffered) return
      due.set(cell.target, cell)
      void flush()
    },
    keep(cell) {
      if (due.delete(cell.target)) cell.registeredOn = session
    },
  }
}
