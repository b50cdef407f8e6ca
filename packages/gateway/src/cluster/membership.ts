import type { Logger } from 'pino'
import type { Database } from '../postgres/pools.ts'
import { sql } from '../sql.ts'
import { within } from '../within.ts'

/** The place of a gateway among all that use its database. */
export interface Membership {
  /** The lease is not over: other gateways leave requests for this one. */
  isMember(): boolean
  /** Other gateways lived when the lease was renewed. */
  hasOthers(): boolean
  /**
   * The lease is over, or was a short while ago, as after an outage of the database: the others may
   * live, and not have renewed theirs yet.
   */
  wasAway(): boolean
  /** The time by the database's clock, in epoch milliseconds: that of all times in runs. */
  now(): number
  /** Gives the lease back: the sessions of this gateway are over. */
  release(): Promise<void>
}

/** The answer to a renewal. */
interface Renewed {
  isNew: boolean
  hasOthers: boolean
  databaseMs: number
}

/** The times of a lease, in seconds. */
export interface LeaseTimes {
  leaseSecs: number
  renewSecs: number
  /** The age of a lease that is over at which the gateway is forgotten. */
  forgetSecs: number
}

/** The maximum wait for the database at the end, in milliseconds: the lease ends by itself. */
const releaseMs = 2_000

/** The times of every gateway: one that misses five renewals still lives. */
const leaseTimes: LeaseTimes = { leaseSecs: 30, renewSecs: 5, forgetSecs: 600 }

/**
 * Joins the gateways of a database, and renews the lease until `release`. A gateway that was
 * paused, or lost its database, goes on with its sessions: what was left for it is still there.
 *
 * @param forgotten called when the row of this gateway was gone, as after a failover to a database
 * that had not received it: requests that were left for this gateway may be lost
 */
export async function joinGateways(
  database: Database,
  number: number,
  logger: Logger,
  forgotten: () => void,
  { leaseSecs, renewSecs, forgetSecs }: LeaseTimes = leaseTimes,
): Promise<Membership> {
  let renewedAt = performance.now()
  let backAt = Number.NEGATIVE_INFINITY
  let hasOthers = false
  /** The database's clock, before the monotonic one of this process. */
  let aheadMs = 0
  let renewing: Promise<void> | null = null
  let isReleased = false

  const leaseMs = leaseSecs * 1_000
  const isOver = (): boolean => performance.now() - renewedAt >= leaseMs
  const renew = async (): Promise<boolean> => {
    const askedAt = performance.now()
    const { rows } = await database.query<Renewed>(sql('cluster/sql/renew-lease'), [
      number,
      leaseSecs,
      forgetSecs,
    ])
    const [row] = rows
    hasOthers = row?.hasOthers === true
    // Somewhere between the question and the answer: half way is as near as it gets.
    if (row) aheadMs = row.databaseMs - (askedAt + performance.now()) / 2
    if (isOver()) backAt = askedAt
    renewedAt = askedAt
    return row?.isNew === true
  }
  const renewAgain = async (): Promise<void> => {
    try {
      if ((await renew()) && !isReleased) forgotten()
    } catch (error) {
      if (!isReleased) logger.warn({ err: error }, 'the lease of this gateway could not be renewed')
    }
    renewing = null
  }
  const giveBack = async (): Promise<void> => {
    // A renewal that is under way would take the lease again.
    await renewing
    await database.query('delete from headway.gateway where number = $1', [number])
  }
  await renew()
  const timer = setInterval(() => {
    renewing ??= renewAgain()
  }, renewSecs * 1_000).unref()
  return {
    hasOthers: () => hasOthers,
    now: () => Math.round(performance.now() + aheadMs),
    isMember: () => !isReleased && !isOver(),
    wasAway: () => isOver() || performance.now() - backAt < leaseMs,
    async release() {
      isReleased = true
      clearInterval(timer)
      await within(releaseMs, giveBack(), 'The database').catch((error: unknown) =>
        logger.warn({ err: error }, 'the lease could not be given back'),
      )
    },
  }
}
