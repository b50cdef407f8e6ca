import { connect, createServer, type Socket } from 'node:net'
import { type Balancer, countTraffic, takeTurns } from './balancer.ts'
import { listenLocally } from './listening.ts'

/**
 * Starts a TCP balancer on a free port. It gives each connection to the next upstream. If that
 * upstream refuses, the one after it gets the connection; if all refuse, the connection is reset.
 *
 * @param upstreams the origins of the servers
 */
export async function balanceConnections(upstreams: readonly string[]): Promise<Balancer> {
  const turns = takeTurns(upstreams)
  const counter = countTraffic()
  const pass = (client: Socket, [origin, ...others]: string[]): void => {
    if (origin === undefined) return void client.resetAndDestroy()
    const { hostname, port } = new URL(origin)
    const way = { host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true }
    const upstream = connect(way)
    let isConnected = false
    const onLeave = (): void => void upstream.destroy()
    client.once('close', onLeave)
    upstream.once('connect', () => {
      isConnected = true
      counter.sent(origin)
      client.pipe(upstream).pipe(client)
    })
    upstream.on('error', () => undefined)
    upstream.once('close', (isBroken) => {
      client.off('close', onLeave)
      if (isConnected) isBroken ? client.destroy() : client.end()
      else if (!client.destroyed) pass(client, others)
    })
  }
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    client.on('error', () => undefined)
    pass(client, turns())
  })
  const { port, close } = await listenLocally(server)
  return {
    url: `http://127.0.0.1:${port}`,
    traffic: async () => structuredClone(counter.traffic),
    close,
  }
}
