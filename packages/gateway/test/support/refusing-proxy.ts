import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Which statements are refused: text, parameters and all of it match. */
export interface Refusal {
  matches: (statement: string) => boolean
  /** The SQLSTATE; `cut`: the statement is done, and the connection lost before its answer. */
  state: string
  /** How often. */
  times: number
}

/** A server in front of PostgreSQL that answers in its place. */
export interface RefusingProxy {
  url: string
  /** Refuses from now on. The returned object counts down. */
  refuse(refusal: Refusal): Refusal
  close(): Promise<void>
}

/**
 * A TCP server that speaks PostgreSQL's protocol well enough to say no to a statement. Nothing of a
 * refused statement reaches the database.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export async function createRefusingProxy(database: string): Promise<RefusingProxy> {
  const target = new URL(database)
  const refusals: Refusal[] = []
  const sockets = new Set<Socket>()
  const find = (statement: string): Refusal | undefined =>
    refusals.find(({ times, matches }) => times > 0 && matches(statement))
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
        sockets.delete(socket)
      })
    }
    let isCut = false
    upstream.on('data', (answer) => {
      if (!isCut) client.write(answer)
      else client.destroy()
    })
    client.on(
      'data',
      readGroups((group) => {
        const refusal = find(group.toString('latin1'))
        if (!refusal) return upstream.write(group)
        refusal.times -= 1
        if (refusal.state !== 'cut') return client.write(refuse(refusal.state))
        isCut = true
        upstream.write(group)
      }),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(database)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    refuse(refusal) {
      refusals.push(refusal)
      return refusal
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** Hands on what a client sends, in groups that get one answer: up to a Sync, or a simple query. */
function readGroups(hand: (group: Buffer) => void): (chunk: Buffer) => void {
  let buffered = Buffer.alloc(0)
  let isStarted = false
  let from = 0
  return (chunk) => {
    buffered = Buffer.concat([buffered, chunk])
    for (;;) {
      // The first message has no type.
      const header = isStarted ? 5 : 4
      if (buffered.length < from + header) return
      const length = buffered.readInt32BE(from + header - 4)
      const end = from + header - 4 + length
      if (buffered.length < end) return
      const type = isStarted ? String.fromCharCode(buffered[from] ?? 0) : 'start'
      isStarted = true
      from = end
      // Parse, Bind, Describe, Execute and Close wait for their Sync.
      if ('PBDEC'.includes(type)) continue
      hand(buffered.subarray(0, end))
      buffered = buffered.subarray(end)
      from = 0
    }
  }
}

/** An ErrorResponse, and that the next statement may come. */
function refuse(state: string): Buffer {
  const fields = `SERROR\0VERROR\0C${state}\0Mthe proxy says no\0\0`
  return Buffer.concat([message('E', Buffer.from(fields)), message('Z', Buffer.from('I'))])
}

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(4 + body.length)
  return Buffer.concat([Buffer.from(type), length, body])
}
