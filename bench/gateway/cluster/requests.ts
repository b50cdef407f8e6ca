import { toUuid } from '../../state.ts'
import { createAsker } from '../asker.ts'
import { quantile } from '../commit.ts'
import type { Database } from '../database.ts'
import { now, openReader } from '../readers.ts'
import { startGateways } from './gateways.ts'

/** The time from a request to its answer, in milliseconds. */
export interface RequestTimes {
  p50: number
  p99: number
}

const requests = 500

/**
 * Registers a run again and again, at the gateway of the session or at another one, whose answers
 * come in the stream.
 */
export async function measureRequests({ url }: Database, isOther: boolean): Promise<RequestTimes> {
  const { ports, stop } = await startGateways(2, url)
  const [own = 0, other = 0] = ports
  const runIds = [toUuid(0)]
  let arrived = (): void => undefined
  const items = runIds.map((id) => ({ kind: 'job', id, job_id: id }))
  const reader = await openReader(own, 0, () => arrived(), items)
  const asker = createAsker(isOther ? other : own)
  const times: number[] = []
  for (let request = 0; request < requests && reader.session; request += 1) {
    const inStream = new Promise<void>((resolve) => (arrived = resolve))
    const askedAt = now()
    const answered = asker.subscribe(reader.session, runIds)
    await (isOther ? Promise.all([inStream, answered]) : answered)
    times.push(now() - askedAt)
  }
  asker.close()
  reader.close()
  await stop()
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}
