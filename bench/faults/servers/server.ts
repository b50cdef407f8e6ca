import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A running server of a peer. */
export interface RunningServer {
  port: number
  /**
   * Lets its clients go, for good: over this time where the library can, otherwise all at once.
   */
  drain(overMs: number): Promise<void>
}

/** Starts a server on a database. */
export type StartServer = (database: string) => Promise<RunningServer>

/** Listens on a free port of this machine. */
export async function serve(listener?: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => {
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve)
  })
  return { server, port: (server.address() as AddressInfo).port }
}
