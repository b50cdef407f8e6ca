import { EventSource } from 'eventsource'
import { Observable } from 'rxjs'
import { parseJson } from '../protocol/json.ts'
import { authorizedFetch } from '../rpc/authorized-fetch.ts'
import { toRpcError } from '../rpc/request.ts'
import type { Transport } from '../rpc/transport.ts'

/** Opens one stream: {@link fromEventStream}, or what a test puts in its place. */
export type OpenStream = typeof fromEventStream

/** The event names of PROTOCOL.md. `error` is one of them, and also what EventSource calls its own trouble. */
const eventNames = ['connected', 'update', 'error', 'gap', 'stale', 'fresh']

const eventStreamType = 'text/event-stream'

/**
 * One stream of events, from GET to its end. Emits when it is answered and for every chunk of bytes, pings too, as a
 * sign of life, and after `connected`; frames go to `onFrame`: they are too many to be wrapped. Completes when the
 * other side ends it; errors with an `RpcError` when the server refuses it and with the platform's error
 * when the network fails. It never reconnects by itself: the state machine decides that. Unsubscribing
 * closes the socket.
 *
 * @param onSent told the token that the stream is opened with
 * @param onFrame told each event's name and data
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
        // `connected` says how long a silence may be, from then on.
        if (name === 'connected') beat()
      })
    }
    source.onerror = ({ message }) => {
      // Without a message the body just ended. Either way EventSource would now try again: it may not.
      if (message === undefined) subscriber.complete()
      else subscriber.error(new Error(`GET ${url} failed: ${message}`))
    }
    return () => {
      source.close()
      // Closed from within its own error event, EventSource still arms its retry timer afterwards.
      queueMicrotask(() => source.close())
    }
  })
}

/** [RFC 9110, 8.3.1] types are compared case-insensitively, and parameters may follow */
function isEventStream({ status, headers }: Response): boolean {
  const [type = ''] = (headers.get('content-type') ?? '').split(';')
  return status === 200 && type.trim().toLowerCase() === eventStreamType
}

/** The response as EventSource reads it, with `beat` called for every chunk, comments included. */
function tapped(response: Response, beat: () => void) {
  const { url, status, redirected, body } = response
  return {
    url,
    status,
    redirected,
    // EventSource compares the type letter by letter.
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
