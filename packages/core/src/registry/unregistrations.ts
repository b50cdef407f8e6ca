import { backoffDelay } from '../connection/backoff.ts'
import { offers, type Session } from '../connection/session.ts'
import type { UnsubscribeItem } from '../protocol/envelopes.ts'
import { toTarget } from '../protocol/target.ts'
import { pause } from '../rpc/request.ts'
import type { Transport } from '../rpc/transport.ts'
import type { Cell } from './cell.ts'
import { unregister } from './registration-requests.ts'

/**
 * After this many requests in a row without an answer, none is sent again: the registrations end
 * with the session.
 */
const maxAttempts = 20

/** Ends the registrations of one session. */
export interface Unregistrations {
  /**
   * Ends a cell's registration, if it has one.
   *
   * @param isLate true when the cell was released before its registration was answered. Otherwise
   *   a run that has ended needs no request: its registration ends by itself.
   */
  add(cell: Cell, { isLate }: { isLate: boolean }): void
  /** Ends a registration that no cell of the page stands for. */
  addItem(item: UnsubscribeItem): void
  /** Keeps a cell's registration, unless the request has gone out. */
  cancel(cell: Cell): void
}

/**
 * Sends one request at a time, with many targets where the server takes them, so that a page that
 * leaves a long list does not hold up other requests.
 *
 * @param onSent called with each target of a request that is over; returns whether the page
 *   follows it again
 */
export function createUnregistrations(
  transport: Transport,
  session: Session,
  signal: AbortSignal,
  onSent: (target: string) => boolean,
): Unregistrations {
  // A Forge ends single registrations of queries only.
  const isOffered = ({ kind }: UnsubscribeItem): boolean =>
    kind === 'query' || offers(session, 'unsubscribe')
  const isBatched = offers(session, 'unsubscribe-batch')
  const batchSize = isBatched ? transport.options.maxBatch : 1
  const due = new Map<string, UnsubscribeItem>()
  let isRunning = false

  const pauseBefore = (attempt: number): Promise<void> => {
    const chance = transport.options.random()
    const delayMs = backoffDelay({ cause: 'network', attempt, chance, retryAfterMs: null })
    return pause(transport, delayMs).catch(() => undefined)
  }
  const flush = async (): Promise<void> => {
    if (isRunning) return
    isRunning = true
    // Cells of one turn go out together.
    await Promise.resolve()
    for (let attempt = 1; due.size > 0 && !signal.aborted; ) {
      const batch = [...due].slice(0, batchSize)
      for (const [target] of batch) due.delete(target)
      const items = batch.map(([, item]) => item)
      const isAnswered = await unregister(transport, session, items, { isBatched, signal })
      if (signal.aborted) break
      for (const [target, item] of batch) {
        const isFollowed = onSent(target)
        if (!isAnswered && !isFollowed && attempt < maxAttempts) due.set(target, item)
      }
      attempt = isAnswered ? 1 : attempt + 1
      if (!isAnswered) await pauseBefore(attempt)
    }
    isRunning = false
  }
  const addItem = ({ kind, id }: UnsubscribeItem): void => {
    const item = { kind, id }
    if (!isOffered(item)) return
    due.set(toTarget(kind, id), item)
    void flush()
  }
  return {
    add(cell, { isLate }) {
      const isRegistered = cell.endRegistration(session)
      if (isRegistered && (!cell.isDone || isLate)) addItem(cell.item)
    },
    addItem,
    cancel(cell) {
      if (due.delete(cell.target)) cell.setRegistered(session)
    },
  }
}
