import { encodeEvent } from '../protocol/encode.ts'
import type { ConnectedEvent, StaleEvent } from '../protocol/server-event.ts'
import { type Refusal, refusals } from './fake-answers.ts'

/** One open stream of the fake. */
interface FakeStream {
  secret: string
  /**
   * True if the client is ours: then registrations end with their run, and the stream gets the
   * events that clients of Forge do not know.
   */
  isOurs: boolean
  registered: Map<string, Record<string, unknown>>
  send(text: string): void
  /** Ends the body cleanly, or as a network failure. */
  end(error?: Error): void
}

/**
 * The open streams of a fake gateway, and their registrations.
 *
 * @param isKept true to count the session of a cut stream until something is pushed on it
 */
export function createFakeStreams(isKept: boolean) {
  const encoder = new TextEncoder()
  const streams = new Map<string, FakeStream>()
  /** The registrations of the sessions whose streams were cut. */
  const kept = new Map<string, FakeStream['registered']>()
  /** Returns true if there was such a stream. */
  const forget = (id: string): boolean => {
    const stream = streams.get(id)
    if (stream && isKept) kept.set(id, stream.registered)
    return streams.delete(id)
  }
  const find = (body: Record<string, unknown>): FakeStream | undefined =>
    streams.get(String(body.session_id))

  return {
    count: (): number => streams.size,
    sessions: (): number => streams.size + kept.size,
    sweep(): void {
      for (const { end } of [...streams.values()]) end()
      kept.clear()
    },
    open(
      signal: AbortSignal | null | undefined,
      isOurs: boolean,
      toConnected: (id: string, secret: string) => ConnectedEvent,
      {
        doubt = null,
        answer,
      }: { doubt?: StaleEvent | null; answer?: (session: Record<string, unknown>) => string } = {},
    ): Response {
      const id = crypto.randomUUID()
      const secret = crypto.randomUUID()
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const close = (end: () => void): void => {
            if (forget(id)) end()
          }
          const end = (error?: Error): void =>
            close(() => (error ? controller.error(error) : controller.close()))
          const send = (text: string): void => controller.enqueue(encoder.encode(text))
          streams.set(id, { secret, isOurs, registered: new Map(), send, end })
          signal?.addEventListener('abort', () => end(new DOMException('aborted', 'AbortError')))
        },
        cancel: () => void forget(id),
      })
      streams.get(id)?.send(encodeEvent(toConnected(id, secret)))
      if (doubt && isOurs) streams.get(id)?.send(encodeEvent(doubt))
      const answers = answer?.({ session_id: id, session_secret: secret })
      if (answers) streams.get(id)?.send(answers)
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
    /** True if the session's client is ours. */
    isOurs: (body: Record<string, unknown>): boolean => find(body)?.isOurs === true,
    /** The refusal of a request for this session; `null` if it is allowed. */
    check(body: Record<string, unknown>): Refusal | null {
      const stream = find(body)
      if (!stream) return refusals.noSession
      return stream.secret === body.session_secret ? null : refusals.badSecret
    },
    /** The same for a request to unsubscribe, with the codes that Forge uses there. */
    checkUnsubscribe(body: Record<string, unknown>): Refusal | null {
      const stream = find(body)
      if (!stream) return refusals.noSubscription
      return stream.secret === body.session_secret ? null : refusals.notYours
    },
    /** @param isOver true if the answer has the end of the run, which ends the registration */
    add(
      body: Record<string, unknown>,
      target: string,
      item: Record<string, unknown>,
      isOver = false,
    ): void {
      const stream = find(body)
      if (isOver && stream?.isOurs) stream.registered.delete(target)
      else stream?.registered.set(target, item)
    },
    /** @param seq of the request: it ends only registrations of earlier ones */
    remove(body: Record<string, unknown>, target: string, seq: unknown): boolean {
      const registered = find(body)?.registered
      const own = registered?.get(target)?.seq
      if (typeof seq === 'number' && typeof own === 'number' && own >= seq) return false
      return registered?.delete(target) ?? false
    },
    /**
     * Sends an update to all registrations that match.
     *
     * @param toText makes the text for the target under which the stream registered the item
     * @param isOver true if the update ends the registrations of such a stream
     */
    push(
      isMeant: (item: Record<string, unknown>) => boolean,
      toText: (target: string, item: Record<string, unknown>, isOurs: boolean) => string,
      isOver: (isOurs: boolean) => boolean = () => false,
    ): void {
      for (const [id, registered] of kept) {
        if ([...registered.values()].some(isMeant)) kept.delete(id)
      }
      for (const stream of streams.values()) {
        for (const [target, item] of stream.registered) {
          if (!isMeant(item)) continue
          stream.send(toText(target, item, stream.isOurs))
          if (isOver(stream.isOurs)) stream.registered.delete(target)
        }
      }
    },
    sendAll(text: string): void {
      for (const stream of streams.values()) stream.send(text)
    },
    sendOurs(text: string): void {
      for (const stream of streams.values()) if (stream.isOurs) stream.send(text)
    },
    registrations: (): string[] =>
      [...streams.values()].flatMap(({ registered }) => [...registered.keys()]),
    drop(error?: Error): void {
      for (const stream of [...streams.values()]) stream.end(error)
    },
  }
}
