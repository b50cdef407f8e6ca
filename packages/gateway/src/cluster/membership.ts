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
  /** Gives the lease back: the sessions of this gateway are over. */
  release(): Promise<void>
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
  let renewing: Promise<void> | null = null
  let isReleased = false

  const leaseMs = leaseSecs * 1_000
  const isOver = (): boolean => performance.now() - renewedAt >= leaseMs
  const renew = async (): Promise<boolean> => {
    const askedAt = performance.now()
    const { rows } = await database.query<{ isNew: boolean; hasOthers: boolean }>(
      sql('cluster/sql/renew-lease'),
      [number, leaseSecs, forgetSecs],
    )
    hasOthers = rows[0]?.hasOthers === true
    if (isOver()) backAt = askedAt
    renewedAt = askedAt
    return rows[0]?.isNew === true
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
