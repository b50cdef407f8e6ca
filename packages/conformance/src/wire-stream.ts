import {
  type ConnectedEvent,
  decodeEvent,
  type JobSnapshot,
  parseJobSnapshot,
} from '@headway/core/protocol'

/** One open stream of a gateway, read as the wire has it. */
export interface Stream {
  session: { session_id: string; session_secret: string }
  connected: ConnectedEvent
  /** Every snapshot that was pushed, in order; and what each was addressed to. */
  pushed: JobSnapshot[]
  targets: string[]
  /** The codes of `error` events, in order. */
  errors: string[]
  /** The first pushed snapshot, past or to come, that is as wanted. */
  until(isWanted: (snapshot: JobSnapshot) => boolean): Promise<JobSnapshot>
  /** Resolves when the other side has ended it. */
  ended: Promise<void>
  close(): void
}

/** Opens a stream and waits for `connected`. Rejects with the status when it is refused. */
export async function openStream(
  url: string,
  headers: Record<string, string> = {},
  query = '',
): Promise<Stream> {
  const controller = new AbortController()
  const { signal } = controller
  const response = await fetch(`${url}/_api/events${query}`, { signal, headers })
  if (!response.ok || !response.body) throw new Error(`GET /_api/events: ${response.status}`)
  const pushed: JobSnapshot[] = []
  const targets: string[] = []
  const errors: string[] = []
  const waiting = new Set<() => void>()
  let connect: (event: ConnectedEvent) => void = () => undefined
  const connected = new Promise<ConnectedEvent>((resolve) => {
    connect = resolve
  })
  const ended = readFrames(response.body, (data) => {
    const event = decodeEvent({ event: '', data })
    if (event === null || event instanceof Error) throw event ?? new Error(`What is this? ${data}`)
    if (event.type === 'connected') connect(event)
    if (event.type === 'error') errors.push(event.code)
    if (event.type !== 'update') return
    const snapshot = parseJobSnapshot(event.payload)
    if (snapshot instanceof Error) throw snapshot
    pushed.push(snapshot)
    targets.push(event.target)
    for (const check of [...waiting]) check()
  })
  ended.catch(() => undefined)
  const first = await connected
  const { session_id, session_secret } = first
  return {
    session: { session_id, session_secret },
    connected: first,
    pushed,
    targets,
    errors,
    ended: ended.then(undefined, () => undefined),
    until: (isWanted) =>
      new Promise((resolve) => {
        const check = (): void => {
          const found = pushed.find(isWanted)
          if (!found) return
          waiting.delete(check)
          resolve(found)
        }
        waiting.add(check)
        check()
      }),
    close: () => controller.abort(),
  }
}

async function readFrames(
  body: ReadableStream<Uint8Array>,
  onData: (data: string) => void,
): Promise<void> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    text += decoder.decode(chunk.value, { stream: true })
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const frame of frames) {
      const data = frame.match(/^data: (.*)$/m)?.[1]
      if (data) onData(data)
    }
  }
}
