import { createServer, type Server } from 'node:http'
import { type AddressInfo, isIPv6 } from 'node:net'
import { isLoopback } from '../access/address.ts'
import { ConfigurationError } from '../errors.ts'
import type { NodeHandler } from './node.ts'

/** The time for the last bytes of streams when the gateway closes, in milliseconds. */
const farewellMs = 1_000

/**
 * The number of connections that may wait to be accepted. With Node's 511, thousands of clients
 * that reconnect together would wait for seconds.
 */
const backlog = 4_096

/**
 * The life of an idle connection, in milliseconds. Most balancers keep theirs for 60 s: if the
 * gateway closed first, a request on its way would fail.
 */
const keepAliveTimeout = 75_000

/**
 * Node's own limit on the head of a request. Before Node 22 it also ends connections that are idle
 * for so long.
 */
const headersTimeout = keepAliveTimeout + 5_000

/** The place where a gateway listens, and its limit. */
export interface Place {
  port: number
  host: string
  /** The maximum time of a request, its body included, in milliseconds. */
  requestTimeout: number
}

/** Serves on a port; resolves when it listens, rejects when it cannot. */
export async function serveOn(
  node: NodeHandler,
  { port, host, requestTimeout }: Place,
): Promise<{ server: Server; url: string }> {
  const timeouts = {
    keepAliveTimeout,
    headersTimeout,
    // Node refuses a value below `headersTimeout`.
    requestTimeout: Math.max(requestTimeout, headersTimeout),
  }
  const server = createServer(timeouts, (request, response) => node(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, backlog }, resolve)
  })
  return { server, url: urlOf(host, (server.address() as AddressInfo).port) }
}

/** Throws a {@link ConfigurationError} for a host that other machines may reach. */
export function checkIsLoopback(host: string): void {
  if (host === 'localhost' || isLoopback(host)) return
  throw new ConfigurationError(
    `host is "${host}": without authentication the gateway listens on 127.0.0.1 or ::1 only`,
  )
}

/** An address that reaches a server on `host` from this machine. Pure. */
function urlOf(host: string, port: number): string {
  if (['127.0.0.1', '0.0.0.0', '::'].includes(host)) return `http://localhost:${port}`
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`
}

/** Closes a server, and after a while the connections that are left. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A reader that has stopped reading would keep its connection, and this process, for ever.
    const farewell = setTimeout(() => server.closeAllConnections(), farewellMs)
    server.close(() => {
      clearTimeout(farewell)
      resolve()
    })
    server.closeIdleConnections()
  })
}
