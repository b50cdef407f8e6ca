import { toUuid } from '../../state.ts'
import { type Latency, timeCommits } from '../commit.ts'
import type { Database } from '../database.ts'
import { start } from '../processes.ts'
import type { WritersOrder, Written } from '../write-runs.ts'
import { startReaders } from './commits.ts'
import { startGateways } from './gateways.ts'

/** A number of writers, and the gateways that listen to them. */
export interface NotifyCase {
  writers: number
  gateways: number
  /** Each commit also notifies. */
  isNotified: boolean
}

/** The commits of all writers, and the delay until a watcher of another run has a change of it. */
export interface Notified {
  written: Written
  push: Latency
}

/** Lets writers change a run each, as fast as they can, while another run is watched. */
export async function measureNotify(
  { url, client }: Database,
  { writers, gateways, isNotified }: NotifyCase,
): Promise<Notified> {
  const cluster = await startGateways(gateways, url)
  const written = Array.from({ length: writers }, (_, writer) => toUuid(writer + 1))
  // The gateways read and push what the writers change.
  const crowd = await startReaders(cluster.ports, 1, written)
  const readers = await startReaders(cluster.ports, 1, [toUuid(0)])
  const writing = start<WritersOrder, Written | 'writing'>('write-runs.js', 1, url)
  await writing.ask({ type: 'write', runIds: written, isNotified })
  const push = await timeCommits(readers, client, gateways)
  const done = (await writing.ask({ type: 'stop' })) as Written
  await Promise.all([cluster.stop(), crowd.stop(), readers.stop(), writing.stop()])
  return { written: done, push }
}
