import { type Outcome, toOutcome } from './outcome.ts'
import { type Drops, endTimes } from './schedule.ts'
import { type Cast, openStage } from './stage.ts'

/** The longest wait for the ends, after the last client is back. */
const patienceMs = 30_000

/**
 * Every client loses its connection for two seconds, again and again, while the jobs move and end
 * one after the other; the last one ends while a third of the clients is away for the last time.
 */
export async function measureDrops(cast: Cast, drops: Drops): Promise<Outcome> {
  const stage = await openStage(cast, 1)
  try {
    const over = stage.crowd.drop(drops)
    await stage.jobs.endAt(endTimes(drops.everyMs * drops.times))
    const overAt = await over
    return toOutcome(stage, await stage.crowd.settle(patienceMs), overAt)
  } finally {
    await stage.stop()
  }
}
