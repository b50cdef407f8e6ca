import { offers, type Session } from '../connection/session.ts'
import type { BatchAnswer } from '../protocol/envelopes.ts'
import { toTarget } from '../protocol/target.ts'
import type { Transport } from '../rpc/transport.ts'
import { createBatchSize } from './batch-size.ts'
import type { Cell } from './cell.ts'
import type { RegistrationAnswer } from './registration-answer.ts'
import { createRegistrationQueue } from './registration-queue.ts'
import { toAnswer } from './registration-requests.ts'
import { createRegistrationSender } from './registration-sender.ts'
import { createRetries } from './retries.ts'
import { createStreamAnswers } from './stream-answers.ts'
import { createTroubles } from './troubles.ts'
import { createUnregistrations } from './unregistrations.ts'

/** The registrations of one session. */
export interface Registrations {
  /** True if the server numbers states with revisions. */
  readonly hasRevisions: boolean
  /** Registers all cells of a new session. Those that its stream carried are registered already. */
  start(cells: Iterable<Cell>): void
  /** Takes in answers that came in the stream. */
  onStreamAnswers(answers: readonly BatchAnswer[]): void
  /** Registers a cell, unless its answer is still to come. Cells of one turn go out together. */
  register(cell: Cell): void
  /** Registers a cell once more, even if an answer is under way: that answer may be too old. */
  registerAgain(cell: Cell): void
  /** Registers a cell once more after trouble, ever later while the trouble goes on. */
  registerAfterTrouble(cell: Cell): void
  /** Ends a cell's registration, also one that is under way. */
  unregister(cell: Cell): void
  /** True while a cell's answer is still to come. */
  isAwaiting(cell: Cell): boolean
  /** True once every answer is there. */
  isComplete(): boolean
  /** Aborts all requests. */
  close(): void
}

/** Callbacks of the session's owner. */
export interface RegistrationListener {
  /** Hears each answer. After `failed` the cell is tried again. */
  onAnswer(cell: Cell, answer: RegistrationAnswer): void
  /** The cell of a target that is followed now: it may be a newer one than was registered. */
  find(target: string): Cell | undefined
}

/**
 * Registers cells on `session`, a few requests at a time.
 *
 *   register ──► due ──► sending ──answered, missed, refused──► over
 *                 ▲       ▲  └──failed──► retries ──┐
 *                 └───────┼─────────────────────────┘
 *   start ────────────────┘ if the stream carried the cell: its answer comes there
 */
export function createRegistrations(
  transport: Transport,
  session: Session,
  { onAnswer, find }: RegistrationListener,
): Registrations {
  const { options } = transport
  const controller = new AbortController()
  const { signal } = controller
  /** The attempt of each cell whose answer is still to come, from 1. */
  const attempts = new Map<Cell, number>()
  const isAwaiting = (cell: Cell): boolean => attempts.has(cell)
  /** Their answers come, from a request or in the stream. */
  const sending = new Set<Cell>()
  /** Cells to register once more after their answer, each with its backoff step. */
  const again = new Map<Cell, number>()
  const troubles = createTroubles(options)
  const batchSize = createBatchSize(options.maxBatch)
  const sender = createRegistrationSender(transport, session, signal, isAwaiting)
  const queue = createRegistrationQueue({
    signal,
    maxInFlight: options.maxRegistrationsInFlight,
    batchSize: () => (sender.isBatched() ? batchSize.next() : 1),
    isWanted: isAwaiting,
    send: (cells) => sender.send(cells, { onBatch, onAlone: onAnswers, onAccepted: begin(cells) }),
  })
  const retries = createRetries(options, queue.add)
  const begin = (cells: readonly Cell[]): (() => void) => {
    for (const cell of cells) {
      sending.add(cell)
      cell.startRegistration(session)
    }
    return streamAnswers.expect(cells)
  }
  const onBatch = (cells: Cell[], answers: RegistrationAnswer[]): void => {
    if (signal.aborted) return
    const left = batchSize.learn(answers)
    const isAnswered = (_: unknown, index: number): boolean => !left.has(index)
    onAnswers(cells.filter(isAnswered), answers.filter(isAnswered))
    sendAgain(cells.filter((_, index) => left.has(index)))
    if (attempts.size === 0) batchSize.reset()
  }
  const streamAnswers = createStreamAnswers(options, {
    onAnswers: (cells, answers) => onAnswers(cells, answers),
    onLeft: (cells) => sendAgain(cells),
    onUnexpected(answer) {
      const cell = find(toTarget(answer.kind, answer.id))
      if (cell) concludeLate(cell, toAnswer(cell, answer))
      else if (answer.success) unregistrations.addItem(answer)
    },
  })
  /**
   * Cells that an answer had no room for have not failed: they go out again at once, in smaller
   * batches.
   */
  const sendAgain = (cells: Cell[]): void => {
    if (signal.aborted) return
    for (const cell of cells) {
      endSending(cell)
      again.delete(cell)
      if (attempts.has(cell)) continue
      const newest = find(cell.target)
      if (newest) registerAgain(newest, troubles.count(newest))
      else endLate(cell)
    }
    queue.add(cells)
  }
  const endSending = (cell: Cell): void => {
    sending.delete(cell)
    streamAnswers.settle(cell)
  }
  const onAnswers = (cells: Cell[], answers: RegistrationAnswer[]): void => {
    for (const [index, cell] of cells.entries()) {
      // A listener that closes the client ends the loop.
      if (signal.aborted) return
      endSending(cell)
      const answer = answers[index]
      if (answer) conclude(cell, answer)
    }
  }
  const conclude = (cell: Cell, answer: RegistrationAnswer): void => {
    const attempt = attempts.get(cell)
    if (attempt === undefined) {
      const newest = find(cell.target)
      return newest ? concludeLate(newest, answer) : endLate(cell)
    }
    if (answer.type === 'failed') retry(cell, attempt + 1, answer.error.retryAfterMs)
    else attempts.delete(cell)
    onAnswer(cell, answer)
    const times = again.get(cell)
    again.delete(cell)
    if (times !== undefined) registerOnceMore(cell, times)
  }
  /**
   * Takes in a further answer for a followed cell, which was registered twice: the server goes by
   * its last answer, and pushes only what is newer, or nothing after a refusal.
   */
  const concludeLate = (cell: Cell, answer: RegistrationAnswer): void => {
    // Its own answer is still to come.
    if (attempts.has(cell)) return
    const isSaid = answer.type === 'answered' || answer.type === 'sessionLost'
    if (isSaid) onAnswer(cell, answer)
    else registerAgain(cell, troubles.count(cell))
  }
  /** Unregisters a cell that was released while its registration was under way. */
  const endLate = (cell: Cell): void => unregistrations.add(cell, { isLate: true })
  const retry = (cell: Cell, attempt: number, retryAfterMs: number | null): void => {
    attempts.set(cell, attempt)
    retries.add(cell, attempt, retryAfterMs)
  }
  const register = (cell: Cell): void => {
    if (attempts.has(cell)) return
    attempts.set(cell, 1)
    unregistrations.cancel(cell)
    // Released and followed again: the answer that is under way will do.
    if (!sending.has(cell)) queue.add([cell])
  }
  const registerAgain = (cell: Cell, times: number): void => {
    if (sending.has(cell)) again.set(cell, Math.max(times, again.get(cell) ?? 1))
    registerOnceMore(cell, times)
  }
  const registerOnceMore = (cell: Cell, times: number): void => {
    if (times === 1 || attempts.has(cell)) register(cell)
    else retry(cell, times, null)
  }
  const unregistrations = createUnregistrations(transport, session, signal, (target) => {
    const cell = find(target)
    if (!cell) return false
    // The target is followed again, and the two requests may have overtaken each other.
    sender.forget(cell)
    registerAgain(cell, 1)
    return true
  })
  return {
    hasRevisions: offers(session, 'revisions'),
    start(cells) {
      const carried = [...cells].filter(({ item }) => session.carried.has(item))
      for (const cell of carried) attempts.set(cell, 1)
      const limit = begin(carried)
      if (carried.length > 0) limit()
      for (const cell of cells) register(cell)
    },
    onStreamAnswers: (answers) => streamAnswers.take(answers),
    register,
    registerAgain: (cell) => registerAgain(cell, 1),
    registerAfterTrouble: (cell) => registerAgain(cell, troubles.count(cell)),
    unregister(cell) {
      attempts.delete(cell)
      again.delete(cell)
      retries.delete(cell)
      // While the registration is under way its answer is awaited: the two requests could overtake
      // each other.
      if (!sending.has(cell)) unregistrations.add(cell, { isLate: false })
    },
    isAwaiting,
    isComplete: () => attempts.size === 0,
    close() {
      attempts.clear()
      retries.close()
      streamAnswers.close()
      controller.abort()
    },
  }
}
