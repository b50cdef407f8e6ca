import { connect } from 'node:net'
import type { Session } from './readers.ts'

/** A kept connection that sends one request after the other. */
export interface Asker {
  /** Resolves with the body of the answer. Rejects if its status is neither 200 nor 202. */
  post(path: string, body: unknown): Promise<string>
  /** Registers for these runs in one request. */
  subscribe(session: Session, runIds: readonly string[]): Promise<string>
  close(): void
}

export function createAsker(port: number): Asker {
  const socket = connect({ port, host: '127.0.0.1' }).setNoDelay(true).setEncoding('latin1')
  let text = ''
  let settle = (_answer: string): void => undefined
  let fail = (_error: Error): void => undefined
  socket.on('error', (error) => fail(error))
  socket.on('data', (data: string) => {
    text += data
    const [head = '', body] = text.split('\r\n\r\n', 2)
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
    if (body === undefined || body.length < length) return
    text = ''
    if (/^HTTP\/1\.1 20[02]/.test(head)) settle(body)
    else fail(new Error(`Asked in vain: ${head} ${body}`))
  })
  const post = (path: string, body: unknown): Promise<string> =>
    new Promise((resolve, reject) => {
      settle = resolve
      fail = reject
      const json = JSON.stringify(body)
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
          `Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
      )
    })
  return {
    post,
    subscribe: ({ session_id, session_secret }, runIds) =>
      post('/_api/subscribe-batch', {
        session_id,
        session_secret,
        items: runIds.map((id) => ({ kind: 'job', id, job_id: id })),
      }),
    close: () => socket.destroy(),
  }
}
