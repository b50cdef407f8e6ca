import { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Batch } from '../sessions/batch.ts'
import type { NodeResponse } from './node-types.ts'
import type { Reply } from './reply.ts'
import { whenOver } from './when-over.ts'

/** Streams to a response whose head is written. */
export function openStream(
  response: NodeResponse,
  open: Extract<Reply, { type: 'stream' }>['open'],
): void {
  // HTTP/2 has sent its head already.
  if ('flushHeaders' in response) response.flushHeaders()
  const ownSocket = isAlone(response) ? response.socket : null
  response.socket?.setNoDelay(true)
  const sink: { write(bytes: Uint8Array): boolean } = response
  const listener = open({
    write: ownSocket ? toSocket(ownSocket) : (batch) => sink.write(batch.bytes()),
    end: () => void response.end(),
  })
  const drainable = ownSocket ?? response
  drainable.on('drain', listener.drained)
  whenOver(response, () => {
    drainable.off('drain', listener.drained)
    listener.closed()
  })
}

/**
 * Writes chunks as they are, past the response, which would frame each of them anew for every stream:
 * half of what a message costs.
 */
function toSocket(socket: Socket): (batch: Batch) => boolean {
  return (batch) => socket.destroyed || socket.write(batch.chunk())
}

/**
 * Whether what goes to the socket is what the response would write: it has its socket (and is not behind
 * another answer on it), speaks HTTP/1.1 (streams of HTTP/2 share a socket), and nobody, such as a compression, reads what is written.
 */
function isAlone(response: NodeResponse): response is ServerResponse {
  if (!(response instanceof ServerResponse)) return false
  const { socket, chunkedEncoding } = response
  return socket !== null && chunkedEncoding && response.write === ServerResponse.prototype.write
}
