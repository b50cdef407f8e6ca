import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { now } from '../gateway/readers.ts'
import { pinnedServer, toClient } from './addresses.ts'
import { type Drops, dropsMs, dropTimes } from './schedule.ts'

/*
 * The network between clients and servers, in its own process: it hands each connection to a
 * server, and cuts those of a client on request.
 */

/** An order to the proxy. */
export type ProxyOrder =
  /** From now on, connections go to these ports of this machine. */
  | { type: 'route'; servers: number[]; isPinned: boolean }
  /** Cuts each of these clients by its schedule, from now on. */
  | { type: 'drop'; first: number; clients: number; of: number; drops: Drops }

/** The answer, when the order is obeyed: `at` is the time, `port` the port to connect to. */
export interface ProxyDone {
  at: number
  port: number
}

/** The open connections of each client, on both sides. */
const sockets = new Map<number, Set<Socket>>()
/** The clients that are away: their connections are reset at once. */
const away = new Set<number>()
let servers: number[] = []
let isPinned = false
let turn = 0

const proxy = createServer({ noDelay: true }, (inward) => {
  const client = toClient(inward.localAddress ?? '')
  inward.on('error', () => undefined)
  if (client === null || away.has(client)) return void inward.resetAndDestroy()
  const port = isPinned ? pinnedServer(client, servers) : servers[turn++ % servers.length]
  if (port === undefined) return void inward.resetAndDestroy()
  const outward = connect({ port, host: '127.0.0.1', noDelay: true })
  outward.on('error', () => undefined)
  const own = sockets.get(client) ?? new Set()
  sockets.set(client, own.add(inward).add(outward))
  inward.pipe(outward).pipe(inward)
  for (const [socket, other] of [[inward, outward] as const, [outward, inward] as const]) {
    socket.on('close', () => {
      own.delete(socket)
      other.destroy()
    })
  }
})

/** Cuts the client off for a while: its connections break, and new ones are reset. */
function cut(client: number, downMs: number): void {
  away.add(client)
  for (const socket of sockets.get(client) ?? []) socket.resetAndDestroy()
  setTimeout(() => away.delete(client), downMs)
}

function obey(order: ProxyOrder): void {
  if (order.type === 'route') {
    servers = order.servers
    isPinned = order.isPinned
    return say()
  }
  const { first, clients, of, drops } = order
  for (let client = first; client < first + clients; client += 1) {
    for (const ms of dropTimes(client, of, drops)) setTimeout(() => cut(client, drops.downMs), ms)
  }
  setTimeout(say, dropsMs(drops))
}

function say(): void {
  const { port } = proxy.address() as AddressInfo
  process.send?.({ at: now(), port } satisfies ProxyDone)
}

process.on('disconnect', () => process.exit())
process.on('message', obey)
// The addresses of clients are this machine's own: no other machine can connect to one.
proxy.listen({ port: 0, host: '0.0.0.0', backlog: 4_096 }, say)
