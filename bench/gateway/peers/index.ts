import { betterSse } from './better-sse.ts'
import { headway } from './headway.ts'
import type { Peer } from './peer.ts'
import { raw } from './raw.ts'

/** Everybody who serves streams, by the name that the tables show. */
export const peers: Record<string, () => Peer> = {
  headway,
  'node:http, response.write': raw,
  'better-sse': betterSse,
}
