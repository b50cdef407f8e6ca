import { connect, type Socket } from 'node:net'

/** The data of a stream's first event, for servers with sessions. */
export interface Session {
  session_id: string
  session_secret: string
}

/** An open stream. */
export interface Reader {
  session: Session | null
  close(): void
}

/** The buffer that all sockets read into. */
const buffer = Buffer.allocUnsafe(65_536)

/**
 * Opens a stream and counts its events without parsing them: readers must be faster than the
 * server. Resolves with the first event, and with `items` once they are answered.
 *
 * @param onEvents receives the number of events in each read
 * @param items the registrations that the request carries
 */
export function openReader(
  port: number,
  stream: number,
  onEvents: (count: number) => void,
  items?: readonly object[],
): Promise<Reader> {
  return new Promise((resolve, reject) => {
    let head: string | null = ''
    let endedInNewline = false
    const isOpen = items ? /event: answers\n[\s\S]*\n\n/ : /\r\n\r\n[\s\S]*\n\n/
    const begin = (bytes: Buffer): void => {
      head += bytes.toString('latin1')
      const status = /^HTTP\/1\.1 (\d{3})/.exec(head ?? '')?.[1]
      if (status !== undefined && status !== '200') {
        reject(new Error(`The server refused the stream: ${head}`))
        return
      }
      if (!isOpen.test(head ?? '')) return
      const data = /data: (\{.*"session_id".*\})/.exec(head ?? '')?.[1]
      head = null
      resolve({
        session: data ? (JSON.parse(data) as Session) : null,
        close: () => socket.destroy(),
      })
    }
    const callback = (length: number): boolean => {
      const bytes = buffer.subarray(0, length)
      if (head !== null) {
        begin(bytes)
        return true
      }
      const count = countEvents(bytes, endedInNewline)
      endedInNewline = bytes.at(-1) === 10 && bytes.at(-2) !== 10
      if (count > 0) onEvents(count)
      return true
    }
    const socket: Socket = connect({ port, host: '127.0.0.1', onread: { buffer, callback } })
    socket.on('error', reject)
    socket.on('close', () =>
      reject(new Error('The server closed the stream before its first event')),
    )
    const path = `/_api/events?client=headway.1&stream=${stream} HTTP/1.1\r\nHost: localhost\r\n`
    if (!items) return void socket.write(`GET ${path}\r\n`)
    const body = JSON.stringify({ items })
    socket.write(
      `POST ${path}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
  })
}

/** The number of empty lines. */
function countEvents(bytes: Buffer, endedInNewline: boolean): number {
  let count = 0
  let at = endedInNewline && bytes[0] === 10 ? 0 : bytes.indexOf('\n\n')
  while (at !== -1) {
    count += 1
    at = bytes.indexOf('\n\n', at + 2)
  }
  return count
}

/** The clock that all processes share, in milliseconds. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
