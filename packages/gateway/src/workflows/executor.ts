import type pg from 'pg'
import type { Logger } from 'pino'
import { sql } from '../sql.ts'

/** How executors show that they are alive. */
export interface LeaseOptions {
  /** How long after its last sign of life one is taken for dead, in milliseconds. */
  leaseMs: number
  /** How many of them in a row a run may kill. */
  maxLosses: number
}

/** One process that executes workflows, as the others see it. */
export interface Executor {
  readonly id: string
  /** Gives everything it has back, and is gone. */
  leave(): Promise<void>
}

/** What an executor tells its process. */
export interface ExecutorListener {
  /** It was taken for dead: others may have what it runs. */
  lost(): void
  /** A sign of life was given, and those that gave none are buried: there may be something to take. */
  beaten(): void
}

/** How often in the time of a lease a sign of life is given. */
const beatsPerLease = 6

/**
 * An executor, alive from now on. One that was not heard of for a while is taken for dead by the others. Whoever
 * could not be heard itself, as while the database was away, buries nobody until it has been heard twice.
 */
export async function joinExecutors(
  pool: pg.Pool,
  logger: Logger,
  id: string,
  { leaseMs, maxLosses }: LeaseOptions,
  listener: ExecutorListener,
): Promise<Executor> {
  const register = sql('workflows/sql/register')
  const beat = sql('workflows/sql/beat')
  const bury = sql('workflows/sql/bury')
  const leave = sql('workflows/sql/leave')
  let wasHeard = true
  let isGone = false
  await pool.query(register, [id, leaseMs])

  const show = async (): Promise<void> => {
    try {
      const { rows } = await pool.query(beat, [id])
      if (isGone) return
      if (rows.length === 0) {
        logger.warn('this worker was taken for dead: others may have its workflows')
        await pool.query(register, [id, leaseMs])
        listener.lost()
      } else if (wasHeard) await pool.query(bury, [maxLosses])
      wasHeard = true
      if (!isGone) listener.beaten()
    } catch (error) {
      wasHeard = false
      if (!isGone) logger.warn({ err: error }, 'no sign of life could be given')
    }
  }
  const timer = setInterval(() => {
    show().catch((error: unknown) => logger.error({ err: error }, 'no sign of life could be given'))
  }, leaseMs / beatsPerLease)
  return {
    id,
    async leave() {
      isGone = true
      clearInterval(timer)
      await pool.query(leave, [id])
    },
  }
}
