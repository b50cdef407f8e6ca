import { ServerResponse } from 'node:http'
import type { NodeResponse } from './node-types.ts'

/**
 * Closes the connection after a response: a gateway that is about to stop would get the next
 * request on it, behind a balancer that keeps connections.
 */
export function closeAfter(response: NodeResponse): void {
  if (!(response instanceof ServerResponse)) {
    // [RFC 9113, 6.8] The requests under way are still answered.
    response.stream?.session?.close()
    return
  }
  if (!response.headersSent) return void response.setHeader('Connection', 'close')
  const { socket } = response
  response.once('finish', () => socket?.end())
}
