import { Subscription } from 'rxjs'
import { backoffDelay } from '../connection/backoff.ts'
import { offers, type Session } from '../connection/session.ts'
import type { RpcError } from '../errors.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import { after } from '../time/after.ts'
import type { Cell } from './cell.ts'
import { nextBatch } from './next-batch.ts'
import { type Registered, register, registerBatch } from './register.ts'
import { createUnregistrar } from './unregistrar.ts'

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

/** How one registration ended, or that it has to be tried again. */
export type Settle = (cell: Cell, registered: Registered) => void

/**
 * Registers on `session`: in batches where the server takes them, else one by one, a few requests at a
 * time. A batch that is refused as a whole is cut in halves, then sent one by one: one item refuses no
 * other. Those that fail for now are tried again together, after a wait that doubles.
 */
export function createRegistrar(api: Api, session: Session, settle: Settle): Registrar {
  const { options } = api
  const controller = new AbortController()
  const { signal } = controller
  const isBatched = offers(session, 'subscribe-batch')
  /** What is to be registered, by how often it was tried. */
  const attempts = new Map<Cell, number>()
  const sending = new Set<Cell>()
  const failed = new Set<Cell>()
  let due: Cell[] = []
  let inFlight = 0
  let waiting = Subscription.EMPTY

  const enqueue = (cells: Iterable<Cell>): void => {
    const isFirst = due.length === 0
    due.push(...cells)
    if (isFirst) queueMicrotask(flush)
  }
  const flush = (): void => {
    due = due.filter((cell) => attempts.has(cell))
    while (!signal.aborted && due.length > 0 && inFlight < options.maxRegistrationsInFlight) {
      void send(due.splice(0, isBatched ? nextBatch(due, options.maxBatch) : 1))
    }
  }
  const send = async (cells: Cell[]): Promise<void> => {
    inFlight += 1
    for (const cell of cells) {
      sending.add(cell)
      cell.dispatch({ type: 'asked' })
    }
    await sendAll(cells)
    inFlight -= 1
    flush()
  }
  /** Sends and concludes; halves of what was refused as a whole one after the other. */
  const sendAll = async (cells: Cell[]): Promise<void> => {
    const [first] = cells
    if (!first || signal.aborted) return
    if (!isBatched) return conclude([first], [await registerOne(first)])
    const answers = await registerBatch(api, session, cells, signal)
    if (answers) return conclude(cells, answers)
    if (cells.length === 1) return conclude([first], [await registerOne(first)])
    const half = Math.ceil(cells.length / 2)
    await sendAll(cells.slice(0, half))
    await sendAll(cells.slice(half))
  }
  const registerOne = (cell: Cell): Promise<Registered> => register(api, session, cell, signal)

  const conclude = (cells: Cell[], answers: Registered[]): void => {
    if (signal.aborted) return
    const errors: RpcError[] = []
    for (const [index, cell] of cells.entries()) {
      const answer = answers[index]
      sending.delete(cell)
      if (!answer) continue
      if (answer.type === 'answered') cell.registeredOn = session
      const attempt = attempts.get(cell)
      if (attempt === undefined) {
        // Let go of while the answer was under way: the server has only now registered it.
        unregistrar.add(cell)
        continue
      }
      if (answer.type === 'failed') {
        attempts.set(cell, attempt + 1)
        failed.add(cell)
        errors.push(answer.error)
      } else attempts.delete(cell)
      settle(cell, answer)
    }
    if (errors.length > 0) waitToRetry(errors)
  }
  /** One wait for all that failed for now: what fails meanwhile joins it, unless its server wants a longer one. */
  const waitToRetry = (errors: RpcError[]): void => {
    const retryAfterMs = Math.max(...errors.map((error) => error.retryAfterMs ?? 0))
    if (!waiting.closed && retryAfterMs === 0) return
    const attempt = Math.max(...[...failed].map((cell) => attempts.get(cell) ?? 1))
    const chance = options.random()
    const delayMs = backoffDelay({ cause: 'network', attempt, chance, retryAfterMs })
    waiting.unsubscribe()
    waiting = after(delayMs, options.scheduler).subscribe(() => {
      const again = [...failed]
      failed.clear()
      enqueue(again)
    })
  }
  const unregistrar = createUnregistrar(api, session, signal, (cell) => {
    if (attempts.has(cell)) enqueue([cell])
  })
  return {
    isRevised: offers(session, 'revisions'),
    add(cell) {
      if (attempts.has(cell)) return
      attempts.set(cell, 1)
      // Let go of and wanted again: the answer that is under way will do.
      if (unregistrar.keep(cell) && !sending.has(cell)) enqueue([cell])
    },
    remove(cell) {
      attempts.delete(cell)
      failed.delete(cell)
      unregistrar.add(cell)
    },
    isSettled: () => attempts.size === 0,
    close() {
      attempts.clear()
      controller.abort()
      waiting.unsubscribe()
    },
  }
}
