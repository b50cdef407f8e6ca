import { backoffDelay } from '../connection/backoff.ts'
import { offers, type Session } from '../connection/session.ts'
import { pause } from '../rpc/request.ts'
import type { Transport } from '../rpc/transport.ts'
import type { Cell } from './cell.ts'
import { unregister } from './register.ts'

/** How often a request that got no answer is sent, for some minutes; after that the registrations end with the session. */
const maxAttempts = 20

/** Ends the registrations of one session. */
export interface Unregistrar {
  /**
   * Ends a cell's registration, if it has one. That of a run that has ended ends by itself.
   *
   * @param isLate it was made after that: the run may go on again
   */
  add(cell: Cell, isLate?: boolean): void
  /** The target is wanted again: what was not sent yet is not sent. */
  keep(cell: Cell): void
}

/**
 * Ends registrations, many in a request where the server takes that, one request at a time: a page that leaves a long
 * list holds up nothing else. What has ended is not registered any more.
 *
 * @param onEnded told each target of a request that is over; whether it is wanted again by then: it is to be registered
 *   once more, since the two requests may have overtaken each other
 */
export function createUnregistrar(
  transport: Transport,
  session: Session,
  signal: AbortSignal,
  onEnded: (target: string) => boolean,
): Unregistrar {
  // Queries can be let go of on a Forge, too.
  const isOffered = ({ item }: Cell): boolean =>
    item.kind === 'query' || offers(session, 'unsubscribe')
  const atOnce = offers(session, 'unsubscribe-batch') ? transport.options.maxBatch : 1
  const due = new Map<string, Cell>()
  let isRunning = false

  const rest = (attempt: number): Promise<void> => {
    const chance = transport.options.random()
    const delayMs = backoffDelay({ cause: 'network', attempt, chance, retryAfterMs: null })
    return pause(transport, delayMs).catch(() => undefined)
  }
  const flush = async (): Promise<void> => {
    if (isRunning) return
    isRunning = true
    // Those of one turn go out together.
    await Promise.resolve()
    for (let attempt = 1; due.size > 0 && !signal.aborted; ) {
      const next = [...due].slice(0, atOnce)
      for (const [target] of next) due.delete(target)
      const cells = next.map(([, cell]) => cell)
      const isDone = await unregister(transport, session, cells, signal)
      if (signal.aborted) break
      for (const [target, cell] of next) {
        const isWanted = onEnded(target)
        if (!isDone && !isWanted && attempt < maxAttempts) due.set(target, cell)
      }
      attempt = isDone ? 1 : attempt + 1
      if (!isDone) await rest(attempt)
    }
    isRunning = false
  }
  return {
    add(cell, isLate = false) {
      const isRegistered = cell.registeredOn === session
      cell.registeredOn = null
      if (!isRegistered || (cell.isDone && !isLate) || !isOffered(cell)) return
      due.set(cell.target, cell)
      void flush()
    },
    keep(cell) {
      if (due.delete(cell.target)) cell.registeredOn = session
    },
  }
}
