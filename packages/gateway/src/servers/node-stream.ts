import { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Reply, Sink, StreamListener } from '../messages/reply.ts'
import type { Batch } from '../streams/batch.ts'
import type { NodeResponse } from './node-types.ts'
import { unreadMs, whenOver } from './when-over.ts'

/**
 * Streams to a response whose head is written.
 *
 * @param onEnd called when the gateway ends the stream
 */
export function openStream(
  response: NodeResponse,
  open: Extract<Reply, { type: 'stream' }>['open'],
  onEnd: () => void = () => undefined,
): void {
  response.socket?.setNoDelay(true)
  const sink = new NodeSink(response, onEnd)
  const uncork = corkHead(response)
  const listener = open(sink)
  sink.listener = listener
  // After the first frames, which are written at the end of this turn.
  process.nextTick(uncork)
  if (sink.hasSocket) response.on('close', listener.closed)
  else whenOver(response, listener.closed)
}

/** Holds the head back until `uncork`: it leaves in one write with the frames that follow. */
function corkHead(response: NodeResponse): () => void {
  // HTTP/2 has sent its head already.
  if (!('flushHeaders' in response)) return () => undefined
  const { socket } = response
  socket?.cork()
  response.flushHeaders()
  return () => socket?.uncork()
}

/** The part of both kinds of responses that limits their silence. */
interface Timed {
  on(event: 'timeout', listener: () => void): unknown
  off(event: 'timeout', listener: () => void): unknown
  setTimeout(ms: number): unknown
}

/** A class, since every stream has one for as long as it lasts. */
class NodeSink implements Sink {
  listener: StreamListener | null = null
  readonly #response: NodeResponse
  /** `null`: the response itself is written to. */
  readonly #socket: Socket | null
  readonly #onEnd: () => void
  #isWaiting = false
  #cut: (() => void) | null = null

  constructor(response: NodeResponse, onEnd: () => void) {
    this.#response = response
    this.#onEnd = onEnd
    this.#socket = isAlone(response) ? response.socket : null
  }

  /** The stream has a connection of its own, and ends with it. */
  get hasSocket(): boolean {
    return this.#socket !== null
  }

  write(batch: Batch): boolean {
    // The finished chunk is written to the socket: the response would frame it again for each
    // stream, which is half the cost of a message. A socket that is gone drops it.
    const response: { write(bytes: Uint8Array): boolean } = this.#response
    const hasRoom = this.#socket
      ? this.#socket.write(batch.chunk(), 'latin1')
      : response.write(batch.bytes())
    if (!hasRoom) this.#waitForDrain()
    return hasRoom
  }

  expectReading(isExpected: boolean): void {
    const response: Timed = this.#response
    // Made when it is needed: most streams never need one.
    this.#cut ??= () => void this.#response.destroy()
    response.off('timeout', this.#cut)
    if (isExpected) response.on('timeout', this.#cut)
    // Some progress within this time is enough: a slow reader may take minutes for large answers.
    response.setTimeout(isExpected ? unreadMs : 0)
  }

  end(): void {
    this.#onEnd()
    // A reader that does not read would keep its session for ever.
    this.expectReading(true)
    this.#response.end()
  }

  /**
   * Listens only while it waits: most streams never do, and a listener for each would cost memory.
   */
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
 * A write to the socket equals a write to the response. The response has its socket and is not
 * queued behind another answer, speaks HTTP/1.1 (streams of HTTP/2 share a socket), and has no
 * compression or other wrapper around its `write`.
 */
function isAlone(response: NodeResponse): response is ServerResponse {
  if (!(response instanceof ServerResponse)) return false
  const { socket, chunkedEncoding } = response
  return socket !== null && chunkedEncoding && response.write === ServerResponse.prototype.write
}
