import { Subscription, timer } from 'rxjs'
import { backoffDelay } from '../connection/backoff.ts'
import { offers, type Session } from '../connection/session.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import type { Cell } from './cell.ts'
import { type Registered, register, registerBatch, unregister } from './register.ts'

/** The registrations of one session. */
export interface Registrar {
  /** Whether its server says which of two states is newer. */
  readonly isRevised: boolean
  /** Registers a cell, or reads it again; those of one turn go out together. */
  add(cell: Cell): void
  /** Ends a cell's registration, also one that is under way. */
  remove(cell: Cell): void
  /** Whether nothing is under way or waits for another try. */
  isSettled(): boolean
  /** Ends what is under way. */
  close(): void
}

/** How one registration ended for good on this session. */
export type Settle = (cell: Cell, registered: Exclude<Registered, { type: 'failed' }>) => void

/**
 * Registers on `session`: in batches where the server takes them, else one by one and a few at a
 * time. One that fails for now waits its turn without holding up the others.
 */
export function createRegistrar(api: Api, session: Session, settle: Settle): Registrar {
  const { options } = api
  const controller = new AbortController()
  const waits = new Subscription()
  const isBatched = offers(session, 'subscribe-batch')
  /** What is to be registered, by how often it was tried. */
  const attempts = new Map<Cell, number>()
  const sending = new Set<Cell>()
  const registered = new Set<Cell>()
  let due: Cell[] = []
  let inFlight = 0

  const enqueue = (cell: Cell): void => {
    if (due.push(cell) === 1) queueMicrotask(flush)
  }
  const flush = (): void => {
    due = due.filter((cell) => attempts.has(cell))
    while (
      !controller.signal.aborted &&
      due.length > 0 &&
      inFlight < options.maxRegistrationsInFlight
    ) {
      void send(due.splice(0, isBatched ? options.maxBatch : 1))
    }
  }
  const send = async (cells: Cell[]): Promise<void> => {
    inFlight += 1
    for (const cell of cells) {
      sending.add(cell)
      cell.dispatch({ type: 'asked' })
    }
    const { signal } = controller
    const answers = await (isBatched
      ? registerBatch(api, session, cells, signal)
      : Promise.all(cells.map((cell) => register(api, session, cell, signal))))
    inFlight -= 1
    if (signal.aborted) return
    cells.forEach((cell, index) => {
      const answer = answers[index]
      if (answer) conclude(cell, answer)
    })
    flush()
  }
  const conclude = (cell: Cell, answer: Registered): void => {
    sending.delete(cell)
    if (answer.type === 'answered') registered.add(cell)
    const attempt = attempts.get(cell)
    // Let go of while the answer was under way: the server has only now registered it.
    if (attempt === undefined) return end(cell)
    if (answer.type === 'failed') return retry(cell, attempt + 1, answer.retryAfterMs)
    attempts.delete(cell)
    settle(cell, answer)
  }
  const retry = (cell: Cell, attempt: number, retryAfterMs: number | null): void => {
    attempts.set(cell, attempt)
    const chance = options.random()
    const delayMs = backoffDelay({ cause: 'network', attempt, chance, retryAfterMs })
    waits.add(timer(delayMs, options.scheduler).subscribe(() => enqueue(cell)))
  }
  const end = (cell: Cell): void => {
    if (registered.delete(cell) && offers(session, 'unsubscribe'))
      void unregister(api, session, cell)
  }
  return {
    isRevised: offers(session, 'revisions'),
    add(cell) {
      if (attempts.has(cell)) return
      attempts.set(cell, 1)
      // Let go of and wanted again: the answer that is under way will do.
      if (!sending.has(cell)) enqueue(cell)
    },
    remove(cell) {
      attempts.delete(cell)
      end(cell)
    },
    isSettled: () => attempts.size === 0,
    close() {
      attempts.clear()
      controller.abort()
      waits.unsubscribe()
    },
  }
}
