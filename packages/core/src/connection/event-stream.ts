import { EventSource } from 'eventsource'
import { Observable } from 'rxjs'
import type { ResolvedOptions } from '../options.ts'
import type { Frame } from '../protocol/server-event.ts'
import { readJson, toRpcError } from '../rpc/request.ts'

/** What comes out of a stream: its frames, and a sign of life for every chunk of bytes, pings too. */
export type StreamSignal = { type: 'bytes' } | { type: 'frame'; frame: Frame }

/** The event names of PROTOCOL.md. `error` is one of them, and also what EventSource calls its own trouble. */
const eventNames = ['connected', 'update', 'error']

/**
 * One stream of events, from GET to its end. Completes when the other side ends it; errors with an
 * `RpcError` when the server refuses it and with the platform's error when the network fails. It
 * never reconnects by itself: the state machine decides that. Unsubscribing closes the socket.
 */
export function fromEventStream(
  url: string,
  options: Pick<ResolvedOptions, 'fetch'>,
): Observable<StreamSignal> {
  return new Observable((subscriber) => {
    const beat = (): void => subscriber.next({ type: 'bytes' })
    const source = new EventSource(url, {
      fetch: async (input, init) => {
        const response = await options.fetch(input, init)
        if (!isEventStream(response)) {
          const body = await readJson(response)
          subscriber.error(toRpcError(response, body, 'GET /_api/events'))
        }
        return tapped(response, beat)
      },
    })
    for (const name of eventNames) {
      source.addEventListener(name, (event) => {
        if ('data' in event) {
          subscriber.next({ type: 'frame', frame: { event: name, data: String(event.data) } })
        }
      })
    }
    source.onerror = ({ message }) => {
      // Without a message the body just ended. Either way EventSource would now try again: it may not.
      if (message === undefined) subscriber.complete()
      else subscriber.error(new Error(`GET /_api/events failed: ${message}`))
    }
    return () => {
      source.close()
      // Closed from within its own error event, EventSource still arms its retry timer afterwards.
      queueMicrotask(() => source.close())
    }
  })
}

function isEventStream(response: Response): boolean {
  const type = response.headers.get('content-type') ?? ''
  return response.status === 200 && type.startsWith('text/event-stream')
}

/** The response as EventSource reads it, with `beat` called for every chunk, comments included. */
function tapped(response: Response, beat: () => void) {
  const { url, status, redirected, headers, body } = response
  return {
    url,
    status,
    redirected,
    headers,
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
