import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/** A TCP proxy whose connections fail on command, as those of a real network do. */
export interface FaultProxy {
  /** Its origin. Requests to it reach the server. */
  url: string
  /** Resets every open connection. */
  cut(): void
  /** Stops all bytes in both directions, and closes no connection: a cable is pulled far away. */
  freeze(): void
  /** Delays each chunk by `ms` milliseconds. */
  delay(ms: number): void
  /** Splits the data into chunks of at most `bytes`. */
  throttle(bytes: number): void
  /** Resets every open connection, and refuses new ones. */
  refuse(): void
  /** Ends every fault. Connections that were frozen stay broken. */
  heal(): void
  close(): Promise<void>
}

/** Starts a proxy in front of `origin`, on a free port. */
export async function createFaultProxy(origin: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(origin)
  const sockets = new Set<Socket>()
  let isFrozen = false
  let isRefusing = false
  let delayMs = 0
  let chunkBytes = Number.POSITIVE_INFINITY

  const faulty = (): Transform =>
    new Transform({
      transform(chunk: Buffer, _, done) {
        // `done` is never called, so all later bytes wait, too.
        if (isFrozen) return
        const pass = (): void => {
          for (let at = 0; at < chunk.length; at += chunkBytes) {
            this.push(chunk.subarray(at, Math.min(chunk.length, at + chunkBytes)))
          }
          done()
        }
        if (delayMs > 0) setTimeout(pass, delayMs)
        else pass()
      },
    })
  const server = createServer((client) => {
    if (isRefusing) return void client.resetAndDestroy()
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        // While frozen, neither end learns that the other has closed.
        if (!isFrozen) for (const end of [client, upstream]) end.destroy()
      })
    }
    client.pipe(faulty()).pipe(upstream)
    upstream.pipe(faulty()).pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    freeze() {
      isFrozen = true
    },
    delay(ms) {
      delayMs = ms
    },
    throttle(bytes) {
      chunkBytes = bytes
    },
    refuse() {
      isRefusing = true
      cut()
    },
    heal() {
      isFrozen = false
      isRefusing = false
      delayMs = 0
      chunkBytes = Number.POSITIVE_INFINITY
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
