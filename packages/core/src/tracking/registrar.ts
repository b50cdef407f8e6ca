import { Subscription } from 'rxjs'
import { backoffDelay } from '../connection/backoff.ts'
import { offers, type Session } from '../connection/session.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import { after } from '../time/after.ts'
import type { Cell } from './cell.ts'
import { nextBatch } from './next-batch.ts'
import { type Registered, register, registerBatch } from './register.ts'
import { createTroubles } from './troubles.ts'
import { createUnregistrar } from './unregistrar.ts'

/** The registrations of one session. */
export interface Registrar {
  /** Whether its server says which of two states is newer. */
  readonly isRevised: boolean
  /** Registers a cell, unless that is under way; those of one turn go out together. */
  add(cell: Cell): void
  /** Registers a cell once more: an answer that is under way may be older than what is asked for. */
  reread(cell: Cell): void
  /** The same because of trouble that the server told: ever later, while it goes on telling it. */
  rereadLater(cell: Cell): void
  /** Ends a cell's registration, also one that is under way. */
  remove(cell: Cell): void
  /** Whether nothing is under way or waits for another try. */
  isSettled(): boolean
  /** Ends what is under way. */
  close(): void
}

/** What a registrar tells and asks. */
export interface Registering {
  /** How one registration ended, or that it has to be tried again. */
  onRegistered(cell: Cell, registered: Registered): void
  /** The cell of a target that is followed now, which may be another one than was registered. */
  find(target: string): Cell | undefined
}

/**
 * Registers on `session`: in batches where the server takes them, else one by one, a few requests at a
 * time. A batch that is refused as a whole is cut in halves, then sent one by one: one item refuses no
 * other. Those that fail for now are tried again together, after a wait that doubles.
 */
export function createRegistrar(
  api: Api,
  session: Session,
  { onRegistered, find }: Registering,
): Registrar {
  const { options } = api
  const controller = new AbortController()
  const { signal } = controller
  const isBatched = offers(session, 'subscribe-batch')
  /** What is to be registered, by how often it was tried. */
  const attempts = new Map<Cell, number>()
  const sending = new Set<Cell>()
  /** Asked for once more while it was being sent. */
  const again = new Set<Cell>()
  const failed = new Set<Cell>()
  const troubles = createTroubles(options)
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
    const answers = isBatched && (await registerBatch(api, session, cells, signal))
    if (answers) return conclude(cells, answers)
    if (cells.length === 1) return conclude(cells, [await register(api, session, first, signal)])
    const half = Math.ceil(cells.length / 2)
    await sendAll(cells.slice(0, half))
    await sendAll(cells.slice(half))
  }
  const conclude = (cells: Cell[], answers: Registered[]): void => {
    if (signal.aborted) return
    let retryAfterMs: number | null = null
    for (const [index, cell] of cells.entries()) {
      const answer = answers[index]
      sending.delete(cell)
      if (!answer) continue
      if (answer.type === 'answered') cell.registeredOn = session
      const attempt = attempts.get(cell)
      if (attempt === undefined) {
        letGo(cell)
        continue
      }
      if (answer.type === 'failed') {
        attempts.set(cell, attempt + 1)
        failed.add(cell)
        retryAfterMs = Math.max(retryAfterMs ?? 0, answer.error.retryAfterMs ?? 0)
      } else attempts.delete(cell)
      onRegistered(cell, answer)
      if (again.delete(cell)) add(cell)
    }
    if (retryAfterMs !== null) waitToRetry(retryAfterMs)
  }
  /** Let go of while the answer was under way: the server has only now registered it. */
  const letGo = (cell: Cell): void => {
    if (!find(cell.target)) unregistrar.add(cell)
  }
  /** One wait for all that failed for now: what fails meanwhile joins it, unless its server wants a longer one. */
  const waitToRetry = (retryAfterMs: number): void => {
    if (!waiting.closed && retryAfterMs === 0) return
    const attempt = Math.max(...[...failed].map((cell) => attempts.get(cell) ?? 1))
    const chance = options.random()
    const delayMs = backoffDelay({ cause: 'network', attempt, chance, retryAfterMs })
    waiting.unsubscribe()
    waiting = after(delayMs, options.scheduler).subscribe(() => {
      const cells = [...failed]
      failed.clear()
      enqueue(cells)
    })
  }
  const add = (cell: Cell): void => {
    if (attempts.has(cell)) return
    attempts.set(cell, 1)
    unregistrar.keep(cell)
    // Let go of and wanted again: the answer that is under way will do.
    if (!sending.has(cell)) enqueue([cell])
  }
  const reread = (cell: Cell): void => {
    if (sending.has(cell)) again.add(cell)
    add(cell)
  }
  const unregistrar = createUnregistrar(api, session, signal, (target) => {
    const cell = find(target)
    if (cell) reread(cell)
  })
  return {
    isRevised: offers(session, 'revisions'),
    add,
    reread,
    rereadLater(cell) {
      const times = troubles.count(cell)
      if (times === 1 || attempts.has(cell)) return reread(cell)
      attempts.set(cell, times)
      failed.add(cell)
      waitToRetry(0)
    },
    remove(cell) {
      attempts.delete(cell)
      again.delete(cell)
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
