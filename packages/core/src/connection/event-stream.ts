import { createParser } from 'eventsource-parser'
import { Observable } from 'rxjs'
import type { BatchItem } from '../protocol/envelopes.ts'
import { parseJson } from '../protocol/json.ts'
import { authorizedFetch } from '../rpc/authorized-fetch.ts'
import { toRpcError } from '../rpc/request.ts'
import type { Transport } from '../rpc/transport.ts'
import { callListener } from '../store/store.ts'
import { textOf } from '../text-of.ts'

/** Opens one stream: {@link fromEventStream}, or a test's replacement. */
export type OpenStream = typeof fromEventStream

/** The connection's part in the request for a stream. */
export interface StreamRequest {
  /** False to open the stream without items: one of them may be the reason why none came. */
  readonly isCarrying: boolean
  /** Receives the token that the stream is opened with; `undefined` while a new one is awaited. */
  onSent(token: string | null | undefined): void
  /** Returns what the page follows, at the moment when the request is sent. */
  takeItems(): readonly BatchItem[]
  /** Receives the items that the request carries; `null` if it cannot carry any. */
  onCarried(items: readonly BatchItem[] | null): void
}

const eventStreamType = 'text/event-stream'

/**
 * One stream of events, from its request to its end. The request carries the registrations, where
 * the server may take them. Emits as a sign of life: when the server answers, for every chunk of
 * bytes (a ping is one too), and after `connected`. Completes when the server ends the stream.
 * Errors with an `RpcError` when the server refuses it or the request fails, and with an `Error`
 * when the connection breaks later. It never reconnects: the state machine decides that.
 * Unsubscribing closes the socket.
 *
 * Frames go to a callback: wrapping each of them in an emission would cost a tenth of the
 * throughput.
 *
 * @param onFrame called with the name and the data of each event
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function fromEventStream(
  transport: Transport,
  request: StreamRequest,
  onFrame: (event: string, data: string) => void,
): Observable<void> {
  return new Observable((subscriber) => {
    const url = `${transport.options.url}/_api/events?client=headway.1`
    const controller = new AbortController()
    const { signal } = controller
    const beat = (): void => subscriber.next()
    const parser = createParser({
      onEvent({ event = 'message', data }) {
        if (signal.aborted) return
        // An error of the application is reported, and the stream goes on.
        callListener(() => onFrame(event, data))
        // `connected` announces how long a silence may last from here on.
        if (event === 'connected') beat()
      },
    })
    const accept = { accept: eventStreamType }
    const init: RequestInit = { headers: accept, cache: 'no-store', signal }
    const get = (): Promise<Response> => {
      request.onCarried(null)
      return authorizedFetch(transport, url, init, request)
    }
    const post = (takeItems: () => readonly BatchItem[]): Promise<Response> => {
      const carrying: RequestInit = {
        ...init,
        method: 'POST',
        headers: { ...accept, 'content-type': 'application/json' },
        // Read when the request is sent: until then, a token may be awaited.
        get body() {
          const items = takeItems()
          request.onCarried(items)
          return JSON.stringify({ items })
        },
      }
      return authorizedFetch(transport, url, carrying, { ...request, isRead: true })
    }
    /**
     * One item must not keep all the others from a stream, nor something on the way that takes no
     * such POST.
     */
    const send = async (): Promise<Response> => {
      const canCarry = (): boolean | undefined => transport.capabilities.has('stream-answers')
      if (request.isCarrying && canCarry() !== false) {
        const response = await post(request.takeItems)
        if (!isBodyRefused(response)) return response
      }
      if (!canCarry()) return get()
      const empty = await post(() => [])
      return isBodyRefused(empty) ? get() : empty
    }
    const open = async (): Promise<Response> => {
      const response = await send()
      if (isEventStream(response)) return response
      const body = parseJson(await response.text().catch(() => ''))
      throw toRpcError(response, body, `The stream ${url}`, transport.options.scheduler.now())
    }
    const read = async ({ body }: Response): Promise<void> => {
      if (!body)
        throw new Error('the platform has no streams: give createClient() a `fetch` that has')
      const reader = body.getReader()
      const cancel = (): void => void reader.cancel().catch(() => undefined)
      // A `fetch` that ignores the signal may answer after the end, and would read on.
      if (signal.aborted) return cancel()
      signal.addEventListener('abort', cancel)
      const decoder = new TextDecoder()
      while (!signal.aborted) {
        const { done, value } = await reader.read()
        if (done) return
        beat()
        parser.feed(decoder.decode(value, { stream: true }))
      }
    }
    const run = async (): Promise<void> => {
      const response = await open()
      beat()
      await read(response).catch((cause: unknown) => {
        throw new Error(`The stream ${url} failed: ${textOf(cause)}`, { cause })
      })
    }
    run().then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    )
    return () => controller.abort()
  })
}

/**
 * The server, or something on the way, may take the request without its items. The other refusals
 * are about its sender, or about all requests.
 */
function isBodyRefused({ status }: Response): boolean {
  return status === 501 || (status >= 400 && status < 500 && !aboutSender.has(status))
}

const aboutSender: ReadonlySet<number> = new Set([401, 406, 408, 410, 429])

/** [RFC 9110, 8.3.1] types are compared case-insensitively, and parameters may follow */
function isEventStream({ status, headers }: Response): boolean {
  const [type = ''] = (headers.get('content-type') ?? '').split(';')
  return status === 200 && type.trim().toLowerCase() === eventStreamType
}
