import { setTimeout as wait } from 'node:timers/promises'
import type { Sync } from '@headway/core'
import type { Wayward } from './away.ts'
import type { Cluster, ClusterGateway } from './cluster.ts'
import type { Audience } from './cluster-audience.ts'

/** The number of streams that were lost so far, for one reason or for any. */
function lossesOf({ screens }: Audience, reason?: string): number {
  return screens.flatMap(({ losses }) => losses.filter((loss) => !reason || loss === reason)).length
}

/** A deploy: each gateway sends its clients away, ends, and starts again. */
export async function restartAll(cluster: Cluster, audience: Audience): Promise<void> {
  const keepSessions = audience.loseSessions()
  for (const gateway of cluster.gateways) {
    await gateway.restart()
    await audience.untilEnds(1)
  }
  await untilCaughtUp(audience)
  keepSessions()
  await audience.untilEnds(1)
}

/**
 * Kills a gateway, and starts it again once all its clients are at other ones.
 *
 * @returns the number of its clients
 */
export async function killOne(gateway: ClusterGateway, audience: Audience): Promise<number> {
  const [streams, before] = [await gateway.streams(), lossesOf(audience)]
  const keepSessions = audience.loseSessions()
  await gateway.kill()
  await audience.until(() => lossesOf(audience) >= before + streams)
  await untilCaughtUp(audience)
  await audience.untilEnds(1)
  await gateway.start()
  keepSessions()
  await audience.untilEnds(1)
  return streams
}

/**
 * Lets a gateway stand still until all its clients have noticed the silence, are at other ones, and
 * go on there. A balancer still gives it requests.
 *
 * @param forMs the least time that it stands still, in milliseconds
 * @returns how long it took until all its clients had noticed, in milliseconds
 */
export async function pauseOne(
  gateway: ClusterGateway,
  audience: Audience,
  forMs = 0,
): Promise<number> {
  const [streams, before] = [await gateway.streams(), lossesOf(audience, 'silence')]
  const keepSessions = audience.loseSessions()
  const pausedAt = performance.now()
  gateway.pause()
  const isOver = wait(forMs)
  await audience.until(() => lossesOf(audience, 'silence') >= before + streams)
  const noticedMs = performance.now() - pausedAt
  await audience.untilEnds(1)
  await isOver
  gateway.resume()
  await untilCaughtUp(audience)
  keepSessions()
  await audience.untilEnds(1)
  return noticedMs
}

/** Restarts PostgreSQL, once every screen says that nothing on it is up to date. */
export async function restartDatabase(postgres: Wayward, audience: Audience): Promise<void> {
  await postgres.leave('stopped')
  await audience.until(() => syncsOf(audience).every(({ status }) => status !== 'live'))
  await postgres.comeBack()
  await audience.untilEnds(1)
  await untilCaughtUp(audience)
}

/** Resolves once nothing is shown that has been up to date and is not. */
function untilCaughtUp(audience: Audience): Promise<void> {
  const isBehind = ({ status, reason }: Sync): boolean =>
    status === 'stale' || status === 'catching-up' || reason !== null
  return audience.until(() => !syncsOf(audience).some(isBehind))
}

/** Of all screens. What was started just now is `connecting`, without a reason. */
function syncsOf({ screens }: Audience): Sync[] {
  return screens.flatMap((screen) => screen.syncs())
}
