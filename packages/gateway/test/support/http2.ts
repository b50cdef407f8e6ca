import { once } from 'node:events'
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2'

/** An answer over HTTP/2, read to its end. */
export interface Http2Answer {
  status: number
  headers: Record<string, unknown>
  body: string
}

/** Asks on a session that is open, and reads the whole answer. */
export async function ask(
  session: ClientHttp2Session,
  method: string,
  path: string,
  { headers = {}, body }: { headers?: OutgoingHttpHeaders; body?: string | Uint8Array } = {},
): Promise<Http2Answer> {
  const pseudo = { ':method': method, ':path': `/_api${path}` }
  const stream = session.request({ ...pseudo, ...headers }, { endStream: body === undefined })
  stream.setEncoding('utf8')
  if (body !== undefined) stream.end(body)
  const [answered] = await once(stream, 'response')
  let text = ''
  for await (const chunk of stream) text += chunk
  return { status: answered[':status'], headers: answered, body: text }
}

/** A POST of JSON, whose answer is JSON. */
export async function post(
  session: ClientHttp2Session,
  path: string,
  value: unknown,
): Promise<{ status: number; body: { data: Record<string, unknown>; error?: { code: string } } }> {
  const headers = { 'content-type': 'application/json' }
  const { status, body } = await ask(session, 'POST', path, {
    headers,
    body: JSON.stringify(value),
  })
  return { status, body: JSON.parse(body) }
}

/** An event stream on an HTTP/2 session. */
export interface EventStream {
  stream: ClientHttp2Stream
  headers: Record<string, unknown>
  /** All that has come. */
  text(): string
  session: { session_id: string; session_secret: string }
  ended: Promise<unknown>
}

/** Opens an event stream, and waits for its `connected`. */
export async function openEvents(session: ClientHttp2Session): Promise<EventStream> {
  const stream = session.request({ ':path': '/_api/events' })
  stream.setEncoding('utf8')
  let text = ''
  const connected = new Promise<string>((resolve, reject) => {
    stream.on('data', (chunk) => {
      text += chunk
      const data = /^data: (.*session_secret.*)\n/m.exec(text)?.[1]
      if (data) resolve(data)
    })
    stream.once('close', () => reject(new Error(`The stream has ended: ${text}`)))
  })
  const ended = once(stream, 'close')
  const [headers] = await once(stream, 'response')
  const { session_id, session_secret } = JSON.parse(await connected)
  return { stream, headers, text: () => text, session: { session_id, session_secret }, ended }
}
