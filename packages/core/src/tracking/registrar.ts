import { Subscription } from 'rxjs'
import { backoffDelay } from '../connection/backoff.ts'
import { isForge, offers, type Session } from '../connection/session.ts'
import type { Transport } from '../rpc/transport.ts'
import { after } from '../time/after.ts'
import type { Cell } from './cell.ts'
import { nextBatch } from './next-batch.ts'
import { type Registered, read, register, registerBatch } from './register.ts'
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
  /** Whether an answer for a cell is under way, or waits for another try. */
  isAwaiting(cell: Cell): boolean
  /** Whether nothing is under way or waits for another try. */
  isSettled(): boolean
  /** Ends what is under way. */
  close(): void
}

/** What a registrar tells and asks. */
export interface RegistrarEvents {
  /** How one registration ended, or that it has to be tried again. */
  onRegistered(cell: Cell, registered: Registered): void
  /** The cell of a target that is followed now, which may be another one than was registered. */
  find(target: string): Cell | undefined
}

/**
 * The positions of the items that a batch answer had no room for.
 *
 * @see PROTOCOL.md, "Large answers"
 */
function leftOver(answers: readonly Registered[]): ReadonlySet<number> {
  const isLeft = (answer: Registered): boolean =>
    answer.type === 'failed' && answer.error.retryAfterMs === 0
  const left = answers.flatMap((answer, index) => (isLeft(answer) ? [index] : []))
  return new Set(left.length < answers.length ? left : [])
}

/** A batch of so few that was refused as a whole is sent one by one. */
const maxAlone = 25
/** After so many batches of one that were refused for nothing, none is sent any more. */
const maxNeedless = 3

/**
 * Registers on `session`: in batches where the server takes them, else one by one, a few requests at a
 * time. A batch that is refused as a whole is cut in halves, then sent one by one: one item refuses no
 * other. Those that fail for now are tried again together, after a wait that doubles.
 */
export function createRegistrar(
  transport: Transport,
  session: Session,
  { onRegistered, find }: RegistrarEvents,
): Registrar {
  const { options } = transport
  const controller = new AbortController()
  const { signal } = controller
  let isBatched = offers(session, 'subscribe-batch')
  /** How many were refused in a batch of their own, and not alone. */
  let needless = 0
  /** What is to be registered, by how often it was tried. */
  const attempts = new Map<Cell, number>()
  const sending = new Set<Cell>()
  /** Queries that a Forge has registered. */
  const registered = new WeakSet<Cell>()
  /** Asked for once more while it was being sent, and how many times it was in trouble by then. */
  const again = new Map<Cell, number>()
  /** Those that wait for another try, and when it is due, by the clock for durations. */
  const failed = new Map<Cell, number>()
  const troubles = createTroubles(options)
  let due: Cell[] = []
  let inFlight = 0
  let isScheduling = false
  let chance = 0
  let waiting = Subscription.EMPTY
  /** How many batches have failed as a whole, but for want of room: one item may be why. */
  let failures = 0
  /** How many items an answer has room for: fewer once one was full, then one more each time. */
  let room = options.maxBatch

  const enqueue = (cells: Iterable<Cell>): void => {
    const isFirst = due.length === 0
    due.push(...cells)
    if (isFirst) queueMicrotask(flush)
  }
  const flush = (): void => {
    due = due.filter((cell) => attempts.has(cell))
    while (!signal.aborted && due.length > 0 && inFlight < options.maxRegistrationsInFlight) {
      const most = Math.min(room, options.maxBatch >> Math.max(0, failures - 1))
      void send(due.splice(0, isBatched ? nextBatch(due, Math.max(1, most)) : 1))
    }
  }
  const send = async (cells: Cell[]): Promise<void> => {
    inFlight += 1
    for (const cell of cells) {
      sending.add(cell)
      // Also when its answer is lost the server may have registered it.
      cell.registeredOn = session
      cell.dispatch({ type: 'asked', isFirst: cell.askedOn !== session })
      cell.askedOn = session
    }
    await sendAll(cells)
    inFlight -= 1
    flush()
  }
  /** Sends and concludes. What was refused as a whole goes in halves, then one by one. */
  const sendAll = async (cells: Cell[]): Promise<void> => {
    if (signal.aborted) return
    const answers = isBatched && (await registerBatch(transport, session, cells, signal))
    if (answers) return concludeBatch(cells, answers)
    if (cells.length <= maxAlone) {
      for (const cell of cells) await sendAlone(cell, isBatched && cells.length === 1)
      return
    }
    const half = Math.ceil(cells.length / 2)
    await sendAll(cells.slice(0, half))
    await sendAll(cells.slice(half))
  }
  const sendAlone = async (cell: Cell, wasBatch: boolean): Promise<void> => {
    if (signal.aborted) return
    const answer = registered.has(cell)
      ? await read(transport, cell, signal)
      : await register(transport, session, cell, signal)
    const isKept = answer.type === 'answered' && cell.item.kind === 'query' && attempts.has(cell)
    if (isKept && isForge(session)) registered.add(cell)
    // Refused in a batch of its own, and not alone: something takes no batches.
    if (wasBatch && answer.type === 'answered') needless += 1
    if (needless >= maxNeedless) isBatched = false
    conclude([cell], [answer])
  }
  const concludeBatch = (cells: Cell[], answers: Registered[]): void => {
    const isFailed = answers.every(
      (answer) => answer.type === 'failed' && ![429, 503].includes(answer.error.status ?? 0),
    )
    if (isFailed) failures += 1
    const left = leftOver(answers)
    room = left.size > 0 ? answers.length - left.size : Math.min(options.maxBatch, room + 1)
    const isLeft = (_: unknown, index: number): boolean => left.has(index)
    const isTold = (_: unknown, index: number): boolean => !left.has(index)
    conclude(cells.filter(isTold), answers.filter(isTold))
    askAtOnce(cells.filter(isLeft))
    if (attempts.size === 0) failures = 0
  }
  /**
   * Items that a batch answer had no room for have not failed: ask for them at once, in smaller
   * batches.
   */
  const askAtOnce = (cells: Cell[]): void => {
    if (signal.aborted) return
    for (const cell of cells) {
      sending.delete(cell)
      again.delete(cell)
      if (!attempts.has(cell)) letGo(cell)
    }
    enqueue(cells)
  }
  const conclude = (cells: Cell[], answers: Registered[]): void => {
    if (signal.aborted) return
    for (const [index, cell] of cells.entries()) {
      const answer = answers[index]
      sending.delete(cell)
      if (!answer) continue
      const attempt = attempts.get(cell)
      if (attempt === undefined) {
        letGo(cell)
        continue
      }
      if (answer.type === 'failed') {
        wait(cell, attempt + 1, answer.error.retryAfterMs)
      } else attempts.delete(cell)
      onRegistered(cell, answer)
      const times = again.get(cell)
      again.delete(cell)
      if (times !== undefined) registerAgain(cell, times)
    }
  }
  /** Let go of while the answer was under way: the server has only now registered it. */
  const letGo = (cell: Cell): void => {
    if (!find(cell.target)) unregistrar.add(cell, true)
  }
  /** Tries it again later. Those that have failed as often wait as long, so that they go out together. */
  const wait = (cell: Cell, attempt: number, retryAfterMs: number | null): void => {
    attempts.set(cell, attempt)
    const delayMs = backoffDelay({ cause: 'network', attempt, chance: dice(), retryAfterMs })
    failed.set(cell, options.elapsed() + delayMs)
    if (!isScheduling) queueMicrotask(schedule)
    isScheduling = true
  }
  /** One throw for all that fail in one turn. */
  const dice = (): number => {
    if (!isScheduling) chance = options.random()
    return chance
  }
  const schedule = (): void => {
    isScheduling = false
    waiting.unsubscribe()
    if (signal.aborted || failed.size === 0) return
    const firstMs = Math.min(...failed.values())
    waiting = after(firstMs - options.elapsed(), options.scheduler).subscribe(() => {
      const cells = [...failed].filter(([, dueMs]) => dueMs <= firstMs).map(([cell]) => cell)
      for (const cell of cells) failed.delete(cell)
      enqueue(cells)
      schedule()
    })
  }
  const add = (cell: Cell): void => {
    if (attempts.has(cell)) return
    attempts.set(cell, 1)
    unregistrar.keep(cell)
    // Let go of and wanted again: the answer that is under way will do.
    if (!sending.has(cell)) enqueue([cell])
  }
  const reread = (cell: Cell, times = 1): void => {
    if (sending.has(cell)) again.set(cell, Math.max(times, again.get(cell) ?? 1))
    registerAgain(cell, times)
  }
  const registerAgain = (cell: Cell, times: number): void => {
    if (times === 1 || attempts.has(cell)) add(cell)
    else wait(cell, times, null)
  }
  const unregistrar = createUnregistrar(transport, session, signal, (target) => {
    const cell = find(target)
    if (cell) {
      registered.delete(cell)
      reread(cell)
    }
    return cell !== undefined
  })
  return {
    isRevised: offers(session, 'revisions'),
    add,
    reread: (cell) => reread(cell),
    rereadLater: (cell) => reread(cell, troubles.count(cell)),
    remove(cell) {
      attempts.delete(cell)
      again.delete(cell)
      failed.delete(cell)
      // Of what is being registered the answer is awaited: the two requests could overtake each other.
      if (!sending.has(cell)) unregistrar.add(cell)
    },
    isAwaiting: (cell) => attempts.has(cell),
    isSettled: () => attempts.size === 0,
    close() {
      attempts.clear()
      controller.abort()
      waiting.unsubscribe()
    },
  }
}
