import { encodeEvent } from '../../src/protocol/encode.ts'
import { capabilities, type ServerEvent } from '../../src/protocol/server-event.ts'

/** A stream whose events the test writes, each at once. */
export interface ScriptedStream {
  /** The answer to the request that opens it. */
  readonly response: Response
  /** Sends `connected`, of a server with all extensions. */
  connect(): void
  send(event: ServerEvent): void
  /** Ends it, as a network failure does. */
  cut(): void
}

/** Creates a stream. */
export function createScriptedStream(): ScriptedStream {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const encoder = new TextEncoder()
  const send = (event: ServerEvent): void => {
    // The client may have left.
    writer.write(encoder.encode(encodeEvent(event))).catch(() => undefined)
  }
  return {
    response: new Response(readable, { headers: { 'content-type': 'text/event-stream' } }),
    connect: () =>
      send({
        type: 'connected',
        session_id: 'session',
        session_secret: 'secret',
        capabilities: [...capabilities],
        ping_secs: 15,
      }),
    send,
    cut: () => void writer.abort(new TypeError('network lost')).catch(() => undefined),
  }
}
