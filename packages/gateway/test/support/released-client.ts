import { randomUUID } from 'node:crypto'
import { isRecord } from '@headway/core/protocol'

/** The page that the client runs in. */
const origin = 'https://app.example.com'

/** A request as the released client sends it: what of its headers is its own, its body, and what it was answered. */
interface Sent {
  path: string
  headers: Record<string, string>
  status: number
}

/**
 * What npm's `@forge-rs/svelte` 0.10.2 sends, request by request: the stream by an `EventSource`, which has no
 * headers, so with its token in the URL; calls and registrations by `fetch` with `credentials: 'include'`; no
 * `x-forge-csrf` anywhere. Each request asks the server first, as a browser does for a page of another origin, and is
 * not sent when that is refused.
 */
export function createReleasedClient(url: string, token: string | null) {
  const sent: Sent[] = []
  const updates: { target: string; payload: unknown }[] = []
  const bearer: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` }
  const closing = new AbortController()

  /** [Fetch, CORS-preflight fetch] */
  const askFirst = async (path: string, headers: Record<string, string>): Promise<void> => {
    const names = Object.keys(headers).map((name) => name.toLowerCase())
    const answer = await fetch(`${url}/_api${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': names.sort().join(','),
      },
    })
    const allowed = (answer.headers.get('access-control-allow-headers') ?? '').split(', ')
    const unknown = names.filter((name) => !allowed.includes(name))
    const mayRead = answer.headers.get('access-control-allow-origin') === origin
    if (!mayRead || unknown.length > 0) throw new Error(`${path} is kept from pages: ${unknown}`)
  }
  const post = async (
    path: string,
    headers: Record<string, string>,
    body: string | FormData,
  ): Promise<unknown> => {
    await askFirst(path, headers)
    const init = { method: 'POST', headers: { origin, ...headers }, body }
    const response = await fetch(`${url}/_api${path}`, init)
    sent.push({ path, headers, status: response.status })
    const answer: unknown = await response.json()
    if (isRecord(answer) && answer.success === true) return answer.data
    throw new Error(`${path} was answered ${JSON.stringify(answer)}`)
  }
  const json = { 'Content-Type': 'application/json', ...bearer }
  let session = {}

  return {
    sent,
    updates,
    /** Opens the stream; rejects with its refusal. */
    async connect(): Promise<void> {
      const search = token === null ? '' : `?${new URLSearchParams({ token })}`
      const response = await fetch(`${url}/_api/events${search}`, {
        headers: { accept: 'text/event-stream', origin },
        cache: 'no-store',
        signal: closing.signal,
      })
      const { body } = response
      if (!response.ok || !body) throw new Error(await response.text())
      await new Promise<void>((connected) => {
        void readFrames(body, (event) => {
          const { type, session_id, session_secret, target, payload } = event
          if (type === 'connected') {
            session = { session_id, session_secret }
            connected()
          }
          if (type === 'update') updates.push({ target: String(target), payload })
        })
      })
    },
    /** Calls a function, or starts a job. */
    call(name: string, args: object): Promise<unknown> {
      const headers = {
        'Content-Type': 'application/json',
        Accept: 'application/vnd.forge.v1+json',
        'x-forge-platform': 'web',
        'x-correlation-id': randomUUID(),
        ...bearer,
      }
      const isEmpty = Object.keys(args).length === 0
      return post(`/rpc/${name}`, headers, JSON.stringify({ args: isEmpty ? null : args }))
    },
    /** Calls a function with a file: the file first, all else in `_json`. */
    upload(name: string, file: File, args: object): Promise<unknown> {
      const form = new FormData()
      form.append('file', file, file.name)
      form.append('_json', JSON.stringify(args))
      return post(`/rpc/${name}/upload`, { 'x-forge-platform': 'web', ...bearer }, form)
    },
    /** Registers a job, and answers its snapshot. */
    followJob(id: string, jobId: string): Promise<unknown> {
      return post('/subscribe-job', json, JSON.stringify({ ...session, id, job_id: jobId }))
    },
    /** Registers a query, and answers its result. */
    watch(id: string, name: string, args: unknown): Promise<unknown> {
      return post('/subscribe', json, JSON.stringify({ ...session, id, function: name, args }))
    },
    /** Ends the registration of a query. */
    leave(id: string): Promise<unknown> {
      return post('/unsubscribe', json, JSON.stringify({ ...session, id }))
    },
    close: () => closing.abort(),
  }
}

/** Tells each event's data until the stream ends. */
async function readFrames(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: Record<string, unknown>) => void,
): Promise<void> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      text += decoder.decode(piece.value, { stream: true })
      const frames = text.split('\n\n')
      text = frames.pop() ?? ''
      for (const frame of frames) {
        const data: unknown = JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? 'null')
        if (isRecord(data)) onEvent(data)
      }
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error
  }
}
