import { connect, type Socket } from 'node:net'
import { createAsker } from './asker.ts'
import { ownRunOf, sharedRuns, toUuid } from './peers/peer.ts'

/*
 * Everybody who reads, in a process of its own. It opens streams, counts the events that come, and says
 * when the last of those it expects has come.
 */

/** What the load is told to do. */
export type LoadOrder =
  | { type: 'open'; port: number; streams: number }
  /** Registers for a stream's own run, and for the shared ones. */
  | { type: 'register'; isShared: boolean }
  | { type: 'close' }
  /** Answers when it is ready, and again when so many events have come. */
  | { type: 'expect'; events: number }

/** What it answers: when the last of it was, in milliseconds of the clock that all processes share. */
export interface LoadDone {
  type: 'ready' | 'received'
  at: number
}

interface Session {
  session_id: string
  session_secret: string
}

const sockets: Socket[] = []
const sessions: (Session | undefined)[] = []
let port = 0
let expected = Number.POSITIVE_INFINITY
let received = 0
let onReceived = (): void => undefined

process.on('disconnect', () => process.exit())
process.on('message', (order: LoadOrder) => void obey(order).then(() => say('ready')))

async function obey(order: LoadOrder): Promise<void> {
  if (order.type === 'open') {
    port = order.port
    for (let stream = 0; stream < order.streams; stream += 100) {
      const some = Array.from(
        { length: Math.min(100, order.streams - stream) },
        (_, n) => stream + n,
      )
      await Promise.all(some.map(open))
    }
  }
  if (order.type === 'close') {
    for (const socket of sockets.splice(0)) socket.destroy()
  }
  if (order.type === 'register') await register(order.isShared)
  if (order.type === 'expect') {
    received = 0
    expected = order.events
    onReceived = () => say('received')
  }
}

function say(type: LoadDone['type']): void {
  process.send?.({ type, at: Number(process.hrtime.bigint()) / 1e6 } satisfies LoadDone)
}

/** Opens one stream. Resolves with its first event, which says the session where there is one. */
function open(stream: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let head: string | null = ''
    let endedInNewline = false
    const buffer = Buffer.allocUnsafe(65_536)
    const callback = (length: number): boolean => {
      const bytes = buffer.subarray(0, length)
      if (head !== null) {
        head += bytes.toString('latin1')
        if (!/\r\n\r\n[\s\S]*\n\n/.test(head)) return true
        const data = /data: (\{.*"session_id".*\})/.exec(head)?.[1]
        sessions[stream] = data ? (JSON.parse(data) as Session) : undefined
        head = null
        resolve()
        return true
      }
      let at = endedInNewline && bytes[0] === 10 ? 0 : bytes.indexOf('\n\n')
      while (at !== -1) {
        received += 1
        at = bytes.indexOf('\n\n', at + 2)
      }
      endedInNewline = bytes[length - 1] === 10 && bytes[length - 2] !== 10
      if (received >= expected) {
        expected = Number.POSITIVE_INFINITY
        onReceived()
      }
      return true
    }
    const socket = connect({ port, host: '127.0.0.1', onread: { buffer, callback } })
    socket.on('error', reject)
    socket.write(`GET /_api/events?stream=${stream} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    sockets[stream] = socket
  })
}

/** Registers, where there are sessions to register with, over a few connections that are kept. */
async function register(isShared: boolean): Promise<void> {
  const askers = Array.from({ length: 16 }, () => createAsker(port))
  await Promise.all(
    askers.map(async (asker, first) => {
      for (let stream = first; stream < sockets.length; stream += askers.length) {
        const session = sessions[stream]
        if (!session) continue
        const runs = isShared
          ? Array.from({ length: sharedRuns }, (_, run) => toUuid(run))
          : [ownRunOf(stream)]
        const items = runs.map((id) => ({ kind: 'job', id, job_id: id }))
        await asker.post('/_api/subscribe-batch', {
          session_id: session.session_id,
          session_secret: session.session_secret,
          items,
        })
      }
      asker.close()
    }),
  )
}
