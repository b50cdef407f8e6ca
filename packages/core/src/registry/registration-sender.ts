import { isForge, offers, type Session } from '../connection/session.ts'
import type { Transport } from '../rpc/transport.ts'
import type { Cell } from './cell.ts'
import type { RegistrationAnswer } from './registration-answer.ts'
import { read, register, registerBatch } from './registration-requests.ts'

/** A batch of so few that was refused as a whole is sent one by one. */
const maxAlone = 25
/**
 * After so many batches of one that were refused, while their item alone was answered, no batch is
 * sent any more.
 */
const maxNeedless = 3

/** Hears the answers to cells that were sent together. */
export type OnAnswers = (cells: Cell[], answers: RegistrationAnswer[]) => void

/** Hears what becomes of registration requests. */
export interface RegistrationHearing {
  onBatch: OnAnswers
  onAlone: OnAnswers
  onAccepted(): void
}

/** Sends registration requests. */
export interface RegistrationSender {
  /** False when each cell needs a request of its own. */
  isBatched(): boolean
  /**
   * Registers cells. Their answers come in parts: `onBatch` for a batch, `onAlone` for a single
   * request. `onAccepted` is called when answers come in the stream.
   */
  send(cells: Cell[], heard: RegistrationHearing): Promise<void>
  /**
   * Notes that the server does not have the cell any more: it is registered anew next time, not
   * read.
   */
  forget(cell: Cell): void
}

/**
 * Sends batches where the server takes them. A batch that is refused as a whole is halved, then
 * sent one by one, so that one bad item refuses no other.
 *
 * @param isWanted whether a cell is still to be registered
 */
export function createRegistrationSender(
  transport: Transport,
  session: Session,
  signal: AbortSignal,
  isWanted: (cell: Cell) => boolean,
): RegistrationSender {
  let isBatched = offers(session, 'subscribe-batch')
  let needless = 0
  /** The queries that a Forge has registered. */
  const onForge = new WeakSet<Cell>()

  const sendAlone = async (cell: Cell): Promise<RegistrationAnswer | null> => {
    if (onForge.has(cell)) return read(transport, cell, signal)
    const answer = await register(transport, session, cell, signal)
    const isQuery = answer?.type === 'answered' && cell.item.kind === 'query'
    if (isQuery && isForge(session) && isWanted(cell)) onForge.add(cell)
    return answer
  }
  const send: RegistrationSender['send'] = async (cells, heard) => {
    if (signal.aborted) return
    const answers = isBatched ? await registerBatch(transport, session, cells, signal) : 'refused'
    if (answers === 'accepted') return heard.onAccepted()
    if (answers !== 'refused') return heard.onBatch(cells, answers)
    if (cells.length > maxAlone) {
      const half = Math.ceil(cells.length / 2)
      await send(cells.slice(0, half), heard)
      return send(cells.slice(half), heard)
    }
    const wasBatchOfOne = isBatched && cells.length === 1
    for (const cell of cells) {
      if (signal.aborted) return
      const answer = await sendAlone(cell)
      if (signal.aborted) return
      // Refused as a batch of one, and fine alone: something on the way takes no batches.
      if (wasBatchOfOne && (!answer || answer.type === 'answered')) needless += 1
      if (needless >= maxNeedless) isBatched = false
      if (answer) heard.onAlone([cell], [answer])
      else heard.onAccepted()
    }
  }
  return { isBatched: () => isBatched, send, forget: (cell) => void onForge.delete(cell) }
}
