import { once } from 'node:events'
import { connect } from 'node:net'

/** An open stream that a test can stop reading. */
export interface PausableStream {
  session: { session_id: string; session_secret: string }
  /** All that was read so far, with long outputs cut. */
  text: () => string
  /** Reads no more: resolves once the gateway notices, while `push` gives it something to send. */
  pause(push: () => Promise<unknown>): Promise<void>
  resume(): void
  close(): Promise<void>
}

/** A job gets a large output, which is pushed: messages are cut, outputs are not. `$1`: its id. */
export const grow = `
  with grown as (
    update headway.run set output = to_json(repeat('x', 15000000)), revision = revision + 1
     where id = $1 returning id
  ) select pg_notify('headway_run', id::text) from grown`

/** Opens a stream of a gateway on a connection of its own. */
export async function openPausable(
  url: string,
  search = '',
  headers: Record<string, string> = {},
): Promise<PausableStream> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  socket.write(`GET /_api/events${search} HTTP/1.1\r\n${lines.join('')}\r\n`)
  let text = ''
  const connected = new Promise<string>((resolve, reject) => {
    socket.once('close', () => reject(new Error(`The stream has ended: ${text}`)))
    socket.on('data', (bytes) => {
      text += bytes.toString().replace(/x{9,}/g, 'x')
      const [, data] = /^event: connected\ndata: (.*)\n\n/m.exec(text) ?? []
      if (data) resolve(data)
    })
  })
  const { session_id, session_secret } = JSON.parse(await connected)
  return {
    session: { session_id, session_secret },
    text: () => text,
    async pause(push) {
      socket.pause()
      while ((await metricOf(url, 'headway_slow_streams')) === 0) await push()
    },
    resume: () => void socket.resume(),
    async close() {
      socket.destroy()
      await once(socket, 'close')
    },
  }
}

/** One number of a gateway's metrics, which admins alone may read where there is authentication. */
export async function metricOf(
  url: string,
  name: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const metrics = await (await fetch(`${url}/_api/metrics`, { headers })).text()
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(metrics)?.[1])
}
