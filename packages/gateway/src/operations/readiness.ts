import type { Database } from '../postgres/pools.ts'
import { within } from '../within.ts'

/** The parts of a gateway that can be asked how they are. */
export interface Readiness {
  /**
   * The use of PostgreSQL's notification queue, from 0 to 1; `null` when the database does not
   * answer in two seconds.
   */
  notifyQueueUsage(): Promise<number | null>
  /** The queue answers in two seconds; `null` when the engine cannot check it. */
  queue(): Promise<boolean | null>
}

/** The maximum wait of each request, in milliseconds. */
const answerMs = 2_000

/**
 * The age of an unanswered check at which a new one is sent, in milliseconds. The old one may be on
 * a dead connection, which it keeps for up to 35 seconds.
 */
const againMs = 10_000

/**
 * Checks the database and the queue. The route is open to all, so requests at the same time share
 * one check: a flood of requests takes one connection, and a few while nothing answers.
 *
 * @param ping checks the queue
 */
export function createReadiness(pool: Database, ping?: () => Promise<void>): Readiness {
  const usage = together(async () => {
    const { rows } = await pool.query<{ usage: number }>(
      'select pg_notification_queue_usage() as usage',
    )
    return rows[0]?.usage ?? 1
  })
  const isThere =
    ping &&
    together(async () => {
      await ping()
      return true
    })
  return {
    notifyQueueUsage: () => within(answerMs, usage(), 'The database').catch(() => null),
    queue: async () =>
      isThere ? within(answerMs, isThere(), 'The queue').catch(() => false) : null,
  }
}

/** One check for all callers until it has its answer. */
function together<T>(ask: () => Promise<T>): () => Promise<T> {
  let question: { answer: Promise<T>; askedAt: number } | null = null
  return () => {
    if (question && performance.now() - question.askedAt < againMs) return question.answer
    const asked = { answer: ask(), askedAt: performance.now() }
    question = asked
    const end = (): void => {
      if (question === asked) question = null
    }
    asked.answer.then(end, end)
    return asked.answer
  }
}
