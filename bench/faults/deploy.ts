import { setTimeout as wait } from 'node:timers/promises'
import { now } from '../gateway/readers.ts'
import { type Outcome, toOutcome } from './outcome.ts'
import { endTimes } from './schedule.ts'
import { type Cast, openStage } from './stage.ts'

/** The time over which a server lets its clients go, and the time of each replacement. */
export const drainMs = 10_000

/** The longest wait for the ends, after the last server was replaced. */
const patienceMs = 30_000
const servers = 3

/**
 * A rolling deploy: a new server joins, an old one leaves, three times, while the jobs move and
 * end. The last job ends when the last old server has gone. Times count from the moment that
 * server was told to go.
 */
export async function measureDeploy(cast: Cast): Promise<Outcome> {
  const stage = await openStage(cast, servers)
  try {
    // All but the last job end before the last server is told to go.
    const ending = stage.jobs.endAt(endTimes((servers - 1) * drainMs).slice(0, -1))
    let live = stage.servers
    let toldAt = now()
    for (const old of stage.servers) {
      const fresh = await stage.startServer()
      // In its place, so that pinned clients of the others stay where they are.
      live = live.map((server) => (server === old ? fresh : server))
      await stage.crowd.route(live.map(({ port }) => port))
      toldAt = now()
      // A server that lets all go at once gets the same time for its clients to come back.
      const isLast = old === stage.servers.at(-1)
      await Promise.all([old.retire(drainMs), isLast ? null : wait(drainMs)])
    }
    await ending
    await stage.jobs.end(stage.jobs.ids.length - 1)
    return toOutcome(stage, await stage.crowd.settle(patienceMs), toldAt)
  } finally {
    await stage.stop()
  }
}
