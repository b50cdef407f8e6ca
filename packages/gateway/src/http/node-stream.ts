import { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Batch } from '../sessions/batch.ts'
import type { Reply, Sink, StreamListener } from './reply.ts'

/** Streams to a response whose head is written. */
export function openStream(
  response: ServerResponse,
  open: Extract<Reply, { type: 'stream' }>['open'],
): void {
  response.flushHeaders()
  response.socket?.setNoDelay(true)
  const sink = new NodeSink(response)
  const listener = open(sink)
  sink.listener = listener
  response.on('close', listener.closed)
}

/** A class, since every stream has one for as long as it lasts. */
class NodeSink implements Sink {
  listener: StreamListener | null = null
  readonly #response: ServerResponse
  /** `null`: the response itself is written to. */
  readonly #socket: Socket | null
  #isWaiting = false

  constructor(response: ServerResponse) {
    this.#response = response
    this.#socket = isAlone(response) ? response.socket : null
  }

  write(batch: Batch): boolean {
    // A chunk as it is goes past the response, which would frame it anew for every stream: half of what a message
    // costs. A socket that is gone drops it.
    const hasRoom = this.#socket
      ? this.#socket.write(batch.chunk(), 'latin1')
      : this.#response.write(batch.bytes())
    if (!hasRoom) this.#waitForDrain()
    return hasRoom
  }

  end(): void {
    this.#response.end()
  }

  /** Listens while it has to: most streams never wait, and a listener each would be kept for nothing. */
  #waitForDrain(): void {
    if (this.#isWaiting) return
    this.#isWaiting = true
    const drainable = this.#socket ?? this.#response
    drainable.once('drain', () => {
      this.#isWaiting = false
      this.listener?.drained()
    })
  }
}

/**
 * Whether what goes to the socket is what the response would write: it has its socket (and is not behind
 * another answer on it), speaks HTTP/1.1, and nobody, such as a compression, reads what is written.
 */
function isAlone(response: ServerResponse): boolean {
  const { socket, chunkedEncoding } = response
  return socket !== null && chunkedEncoding && response.write === ServerResponse.prototype.write
}
