import { ServerResponse } from 'node:http'
import type { NodeResponse } from './node-types.ts'

/**
 * Closes the connection after a response: a gateway that is about to stop would get the next
 * request on it, behind a balancer that keeps connections. A connection of HTTP/2 may also carry
 * requests to other parts of the application, so it stays.
 */
export function closeAfter(response: NodeResponse): void {
  if (!(response instanceof ServerResponse)) return
  if (!response.headersSent) return void response.setHeader('Connection', 'close')
  const { socket } = response
  response.once('finish', () => socket?.end())
}
