import { within } from '../postgres/hello.ts'
import type { Database } from '../postgres/pools.ts'

/** The parts of a gateway that can be asked how they are. */
export interface Readiness {
  /**
   * How full PostgreSQL's notification queue is, from 0 to 1; `null` when the database does not
   * answer in two seconds.
   */
  notifyQueueUsage(): Promise<number | null>
  /** Whether the queue answers in two seconds; `null` when the engine cannot say. */
  queue(): Promise<boolean | null>
}

/** How long each request waits for an answer, in milliseconds. */
const answerMs = 2_000

/**
 * How old a question without an answer is when the next one is asked, in milliseconds. The one
 * before may be on a connection that is dead, and has that connection for up to 35 seconds.
 */
const againMs = 10_000

/**
 * Asks the database and the queue. Anybody may ask, so there is one question for all who ask at the
 * same time: a flood of requests has one connection, and a few while nothing answers.
 *
 * @param ping asks the queue
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

/** The same question for all who ask before it has its answer. */
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
