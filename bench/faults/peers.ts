import type { OpenClient } from './clients/client.ts'
import { eventSource } from './clients/event-source.ts'
import { headway as headwayClient } from './clients/headway.ts'
import { socketIo as socketIoClient } from './clients/socket-io.ts'
import { betterSse } from './servers/better-sse.ts'
import { headway as gateway } from './servers/headway.ts'
import type { StartServer } from './servers/server.ts'
import { socketIo } from './servers/socket-io.ts'

/** A server and the client that belongs to it. */
interface Peer {
  start: StartServer
  open: OpenClient
}

/** The name of the measured one in the tables. */
export const ours = 'headway'

/** Who is measured, by name. The code of each is what its own documentation leads to. */
export const peers: Record<string, Peer> = {
  [ours]: { start: gateway, open: headwayClient },
  'better-sse, history': { start: betterSse({ reads: false }), open: eventSource },
  'better-sse, history and reads': { start: betterSse({ reads: true }), open: eventSource },
  'socket.io, defaults': {
    start: socketIo({ recovery: false, reads: false }),
    open: socketIoClient,
  },
  'socket.io, recovery': {
    start: socketIo({ recovery: true, reads: false }),
    open: socketIoClient,
  },
  'socket.io, recovery and reads': {
    start: socketIo({ recovery: true, reads: true }),
    open: socketIoClient,
  },
}
