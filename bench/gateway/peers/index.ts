import { betterSse } from './better-sse.ts'
import { headway, headwayOnRows } from './headway.ts'
import type { Peer } from './peer.ts'
import { raw } from './raw.ts'

/** The servers of event streams, by their names in the tables. */
export const peers: Record<string, (database: string) => Peer> = {
  headway,
  'headway, rows of PostgreSQL': headwayOnRows,
  'node:http, response.write': raw,
  'better-sse': betterSse,
}
