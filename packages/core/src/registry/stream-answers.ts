import { Subscription } from 'rxjs'
import { RpcError } from '../errors.ts'
import type { ResolvedOptions } from '../options.ts'
import type { BatchAnswer } from '../protocol/envelopes.ts'
import { type TargetKind, toTarget } from '../protocol/target.ts'
import { after } from '../time/after.ts'
import { isLeftOver } from './batch-size.ts'
import type { Cell } from './cell.ts'
import type { RegistrationAnswer } from './registration-answer.ts'
import { toAnswer } from './registration-requests.ts'

/**
 * The registrations of one session whose answers come, or may come, in its stream.
 *
 * @see PROTOCOL.md, "Registrations in the stream"
 */
export interface StreamAnswers {
  /**
   * From now on an answer in the stream is that of these cells: it may come before the request
   * that registers them is answered.
   *
   * @returns limits the wait, once it is known that the answers come in the stream
   */
  expect(cells: readonly Cell[]): () => void
  /** Takes in the answers of one event. */
  take(answers: readonly BatchAnswer[]): void
  /** The cell has its answer, from the request or the stream. */
  settle(cell: Cell): void
  close(): void
}

/** Callbacks of the registrations. */
export interface StreamAnswersListener {
  /** Hears the answers of one event, or that some did not come in time. */
  onAnswers(cells: Cell[], answers: RegistrationAnswer[]): void
  /** Hears which cells the answers had no room for. */
  onLeft(cells: Cell[]): void
  /** Hears an answer that no cell waits for. */
  onUnexpected(answer: NamedAnswer): void
}

/** An answer whose target is known. */
type NamedAnswer = BatchAnswer & { kind: TargetKind }

/** A request whose answers come in the stream. */
interface Accepted {
  /** How many targets the stream had answered before. */
  readonly answeredBefore: number
}

/** Creates the answers of a new session. */
export function createStreamAnswers(
  { answerTimeoutMs, scheduler }: Pick<ResolvedOptions, 'answerTimeoutMs' | 'scheduler'>,
  { onAnswers, onLeft, onUnexpected }: StreamAnswersListener,
): StreamAnswers {
  /** By target: a cell, and the request that registers it. */
  const expected = new Map<string, { cell: Cell; request: Accepted }>()
  let deadlines = new Subscription()
  let answered = 0

  const giveUp = (request: Accepted): void => {
    const late = [...expected.values()].filter((each) => each.request === request)
    const error = new RpcError('No answer came in the stream', { code: 'TIMEOUT' })
    onAnswers(
      late.map(({ cell }) => cell),
      late.map(() => ({ type: 'failed', error })),
    )
  }
  return {
    expect(cells) {
      const request = { answeredBefore: answered }
      for (const cell of cells) expected.set(cell.target, { cell, request })
      return () =>
        void deadlines.add(after(answerTimeoutMs, scheduler).subscribe(() => giveUp(request)))
    },
    take(answers) {
      answered += answers.filter(({ success }) => success).length
      const cells: Cell[] = []
      const taken: RegistrationAnswer[] = []
      const left: Cell[] = []
      const unexpected: NamedAnswer[] = []
      for (const answer of answers) {
        const { kind, id } = answer
        if (!kind) continue
        const own = expected.get(toTarget(kind, id))
        if (!own) {
          unexpected.push({ ...answer, kind })
          continue
        }
        const { cell, request } = own
        const read = toAnswer(cell, answer)
        // Without room for a single one since then, it waits as after a failure.
        if (isLeftOver(read) && answered > request.answeredBefore) left.push(cell)
        else {
          cells.push(cell)
          taken.push(read)
        }
      }
      onAnswers(cells, taken)
      onLeft(left)
      for (const answer of unexpected) onUnexpected(answer)
    },
    settle({ target }) {
      expected.delete(target)
      if (expected.size > 0) return
      deadlines.unsubscribe()
      deadlines = new Subscription()
    },
    close() {
      expected.clear()
      // It stays ended: a wait that would be limited from here on sets no timer.
      deadlines.unsubscribe()
    },
  }
}
