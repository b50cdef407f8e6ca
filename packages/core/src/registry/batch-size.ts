import type { RegistrationAnswer } from './registration-answer.ts'

/** The number of targets in one batch. */
export interface BatchSize {
  /** The size of the next batch: at least 1. */
  next(): number
  /**
   * Learns from the answers to one batch. Returns the positions of the items that the answer had no
   * room for.
   */
  learn(answers: readonly RegistrationAnswer[]): ReadonlySet<number>
  /** Forgets the batches that failed. */
  reset(): void
}

/**
 * Starts at `maxBatch`. Each batch that fails as a whole halves the size, or makes it half of that
 * batch, since one item may be the reason. An answer that left items unanswered sets the size to
 * the number that it answered. Each later batch adds one.
 */
export function createBatchSize(maxBatch: number): BatchSize {
  let hasFailed = false
  let most = maxBatch
  let room = maxBatch
  return {
    next: () => Math.max(1, Math.min(room, most)),
    learn(answers) {
      if (answers.every(isItemFault)) {
        // The first failure may be the network's: the second one halves. One item alone is the
        // reason itself.
        if (hasFailed && answers.length > 1) most = Math.min(most, answers.length) >> 1
        hasFailed = true
      }
      const left = leftOver(answers)
      room = left.size > 0 ? answers.length - left.size : Math.min(maxBatch, room + 1)
      return left
    },
    reset() {
      hasFailed = false
      most = maxBatch
    },
  }
}

/**
 * True if an answer failed for another reason than overload: 429 and 503 say nothing about the
 * item.
 */
function isItemFault(answer: RegistrationAnswer): boolean {
  return answer.type === 'failed' && ![429, 503].includes(answer.error.status ?? 0)
}

/** The answer had no room for this item. @see PROTOCOL.md, "Large answers" */
export function isLeftOver(answer: RegistrationAnswer): boolean {
  return answer.type === 'failed' && answer.error.retryAfterMs === 0
}

function leftOver(answers: readonly RegistrationAnswer[]): ReadonlySet<number> {
  const left = answers.flatMap((answer, index) => (isLeftOver(answer) ? [index] : []))
  // An answer without room for a single item failed: its items wait for another try.
  return new Set(left.length < answers.length ? left : [])
}
