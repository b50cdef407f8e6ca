import { toUuid } from '../../state.ts'
import { type Latency, timeCommits } from '../commit.ts'
import type { Database } from '../database.ts'
import type { LoadDone, LoadOrder } from '../load.ts'
import { type Helper, start } from '../processes.ts'
import { startGateways } from './gateways.ts'

/** A process of readers. */
export type Load = Helper<LoadOrder, LoadDone>

/** Starts readers that are spread over gateways, and watch the same runs. */
export async function startReaders(
  ports: readonly number[],
  perGateway: number,
  runIds: readonly string[],
): Promise<Load> {
  const load = start<LoadOrder, LoadDone>('load.js', 1)
  for (const [index, port] of ports.entries()) {
    await load.ask({ type: 'open', port, streams: (index + 1) * perGateway, runIds })
  }
  return load
}

/** The time from a commit to watchers that are spread over gateways. */
export async function measureClusterCommits(
  { url, client }: Database,
  gateways: number,
  watchers: number,
): Promise<Latency> {
  const cluster = await startGateways(gateways, url)
  const load = await startReaders(cluster.ports, watchers / gateways, [toUuid(0)])
  const latency = await timeCommits(load, client, watchers)
  await Promise.all([cluster.stop(), load.stop()])
  return latency
}
