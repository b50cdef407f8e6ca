import type { Database } from './database.ts'
import type { Storm } from './load-storm.ts'
import { start } from './processes.ts'
import { ours } from './rounds.ts'

/** The milliseconds until 10,000 clients are back, a thousand at a time. */
export async function measureStorm(
  peer: string,
  registrations: number,
  { url }: Database,
): Promise<number> {
  const server = start<object, number>('serve-database.js', 0, peer, url)
  const load = start<Storm, number>('load-storm.js', 1)
  const port = await server.next()
  const isCarried = peer === ours
  const ms = await load.ask({ port, clients: 10_000, registrations, inFlight: 1_000, isCarried })
  await Promise.all([server.stop(), load.stop()])
  return ms
}
