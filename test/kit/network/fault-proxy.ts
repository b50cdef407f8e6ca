import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/** A way to a server that breaks on command, below HTTP: what a real network does. */
export interface FaultProxy {
  /** Its origin: the server's, by a detour. */
  url: string
  /** Resets every connection that is open. */
  cut(): void
  /** From now on no byte gets through, either way, and nobody is told: a cable pulled far away. */
  freeze(): void
  /** From now on each chunk is this much later, in milliseconds. */
  delay(ms: number): void
  /** From now on bytes come a few at a time. */
  throttle(bytes: number): void
  /** From now on every new connection is refused, and those that are open are cut. */
  refuse(): void
  /** Everything as it should be again. What was frozen is lost. */
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
        // Never called back: the bytes after it wait behind it, for good.
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
        // Frozen, one end does not hear that the other has gone.
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
