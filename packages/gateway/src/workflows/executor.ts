import type pg from 'pg'
import type { Logger } from 'pino'
import { sql } from '../sql.ts'

/** The lease of an executor. */
export interface LeaseOptions {
  /** An executor without a sign of life for this long is considered dead, in milliseconds. */
  leaseMs: number
  /** The number of executors in a row that may die during one run. */
  maxLosses: number
  /** The worker's number: its session shows that it lives while a step keeps it busy. */
  holder: number
}

/** One process that executes workflows, as the others see it. */
export interface Executor {
  readonly id: string
  /** Gives everything it has back, and is gone. */
  leave(): Promise<void>
}

/** The callbacks of an executor. */
export interface ExecutorListener {
  /** The executor was considered dead: other workers may have its runs. */
  lost(): void
  /** The runs that this executor executes. */
  executed(): readonly string[]
  /** With a sign of life: there may be runs to take, or to give back. */
  beaten(): void
}

/** The result of a sign of life. */
interface Found {
  /** Executors without a recent sign of life, or runs of those that are gone. */
  areSilent: boolean
  /** Runs without an executor, or runs that this one has without knowing it. */
  areFree: boolean
}

/** The number of signs of life per lease. */
const beatsPerLease = 6

/**
 * An executor, alive from now on. The others take one without a recent sign of life for dead. After
 * an outage of the database, an executor declares no other dead until it has given two signs of
 * life itself.
 */
export async function joinExecutors(
  pool: pg.Pool,
  logger: Logger,
  id: string,
  { leaseMs, maxLosses, holder }: LeaseOptions,
  listener: ExecutorListener,
): Promise<Executor> {
  const register = sql('workflows/sql/register')
  const beat = sql('workflows/sql/beat')
  const bury = sql('workflows/sql/bury')
  const leave = sql('workflows/sql/leave')
  const beatMs = leaseMs / beatsPerLease
  let wasAnswered = true
  let isBeating = false
  let isGone = false
  await pool.query(register, [id, leaseMs, holder])

  const giveSign = async (): Promise<void> => {
    // A silent database is not asked twice: the connections are needed elsewhere.
    if (isBeating) return
    isBeating = true
    const startedAt = performance.now()
    try {
      const { rows } = await pool.query<Found>(beat, [id, listener.executed()])
      if (isGone) return
      const [found] = rows
      // While the database was away, the others could not give signs of life either.
      const isLate = performance.now() - startedAt > beatMs
      let mayTake = found?.areFree ?? true
      if (!found) {
        logger.warn('this worker was considered dead: others may have its workflows')
        await pool.query(register, [id, leaseMs, holder])
        listener.lost()
      } else if (found.areSilent && wasAnswered && !isLate) {
        await pool.query(bury, [maxLosses])
        mayTake = true
      }
      wasAnswered = !isLate
      if (mayTake && !isGone) listener.beaten()
    } catch (error) {
      wasAnswered = false
      if (!isGone) logger.warn({ err: error }, 'the sign of life could not be written')
    } finally {
      isBeating = false
    }
  }
  const timer = setInterval(() => {
    giveSign().catch((error: unknown) =>
      logger.error({ err: error }, 'the sign of life could not be written'),
    )
  }, beatMs)
  return {
    id,
    async leave() {
      isGone = true
      clearInterval(timer)
      await pool.query(leave, [id]).catch((error: unknown) => {
        // Its lease runs out all the same.
        logger.warn(
          { err: error },
          'this worker could not sign off; others take its workflows later',
        )
      })
    },
  }
}
