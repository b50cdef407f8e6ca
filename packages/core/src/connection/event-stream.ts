import { EventSource } from 'eventsource'
import { Observable } from 'rxjs'
import { parseJson } from '../protocol/json.ts'
import { authorizedFetch } from '../rpc/authorized-fetch.ts'
import { toRpcError } from '../rpc/request.ts'
import type { Transport } from '../rpc/transport.ts'

/** The type of {@link fromEventStream}, which a test can replace. */
export type OpenStream = typeof fromEventStream

/**
 * The event names of PROTOCOL.md. EventSource uses `error` for its own errors, too, without `data`.
 */
const eventNames = ['connected', 'update', 'error', 'gap', 'stale', 'fresh']

const eventStreamType = 'text/event-stream'

/**
 * Opens one stream of events. Emits on each sign of life: the answer, every chunk of bytes (also
 * pings), and `connected`. Events go to `onFrame`, without an object for each. Completes when the
 * server ends the stream. Errors with an `RpcError` when the server refuses it, and with the
 * platform's error when the network fails. It does not reconnect: the state machine decides that.
 * Unsubscribing closes the socket.
 *
 * @param onSent receives the token that the stream is opened with
 * @param onFrame receives the name and the data of each event
 */
export function fromEventStream(
  transport: Transport,
  onSent: (token: string | null | undefined) => void,
  onFrame: (event: string, data: string) => void,
): Observable<void> {
  return new Observable((subscriber) => {
    const url = `${transport.options.url}/_api/events?client=headway.1`
    const beat = (): void => subscriber.next()
    const source = new EventSource(url, {
      fetch: async (_, init) => {
        const response = await authorizedFetch(transport, url, init as RequestInit, onSent).catch(
          (error: unknown) => {
            subscriber.error(error)
            throw error
          },
        )
        if (!isEventStream(response)) {
          const body = parseJson(await response.text().catch(() => ''))
          const error = toRpcError(response, body, `GET ${url}`, transport.options.scheduler.now())
          subscriber.error(error)
          throw error
        }
        beat()
        return tapped(response, beat)
      },
    })
    for (const name of eventNames) {
      source.addEventListener(name, (event) => {
        if (!('data' in event)) return
        onFrame(name, event.data)
        // `connected` sets the ping interval, so the time limit for silence starts again.
        if (name === 'connected') beat()
      })
    }
    source.onerror = ({ message }) => {
      // Without a message the body ended. Both end the Observable, so EventSource cannot reconnect.
      if (message === undefined) subscriber.complete()
      else subscriber.error(new Error(`GET ${url} failed: ${message}`))
    }
    return () => {
      source.close()
      // If it is closed inside its own error event, EventSource still starts its retry timer.
      queueMicrotask(() => source.close())
    }
  })
}

/** [RFC 9110, 8.3.1] Media types are case-insensitive, and parameters may follow. */
function isEventStream({ status, headers }: Response): boolean {
  const [type = ''] = (headers.get('content-type') ?? '').split(';')
  return status === 200 && type.trim().toLowerCase() === eventStreamType
}

/** The response for EventSource. Calls `beat` for every chunk, also for comments. */
function tapped(response: Response, beat: () => void) {
  const { url, status, redirected, body } = response
  return {
    url,
    status,
    redirected,
    // EventSource compares the type case-sensitively.
    headers: new Headers({ 'content-type': eventStreamType }),
    body: body && {
      getReader: () => {
        const reader = body.getReader()
        return {
          read: async () => {
            const chunk = await reader.read()
            if (!chunk.done) beat()
            return chunk
          },
          cancel: () => reader.cancel(),
        }
      },
    },
  }
}
