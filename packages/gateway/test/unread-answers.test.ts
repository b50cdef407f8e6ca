import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, expect, it, vi } from 'vitest'
import { bearer, database, gateways } from './support/access-gateway.ts'
import { query } from './support/database.ts'
import { batch } from './support/other-gateway.ts'

let server: Server
afterAll(() => void server.closeAllConnections())

/** A stream of the other gateway that is read by hand, and its server's end of the connection. */
const openByHand = async (authorization = '') => {
  server = createServer(gateways[1]?.node).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port)
  const [served]: Socket[] = await once(server, 'connection')
  const head = [
    'POST /_api/events?client=headway.1 HTTP/1.1',
    'Host: x',
    `Authorization: ${authorization}`,
    'Content-Type: application/json',
    'Content-Length: 12',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n{"items":[]}`)
  let text = ''
  while (!text.includes('session_secret')) text += String((await once(socket, 'data'))[0])
  const { session_id, session_secret } = JSON.parse(/data: (.*)/.exec(text)?.[1] ?? '')
  return { socket, served, stream: { session: { session_id, session_secret } } as never }
}

it('a stream that does not read holds few answers, and gets all once it reads', async () => {
  const ann = await bearer('ann')
  const { socket, served, stream } = await openByHand(ann.authorization)
  socket.pause()
  const [batches, length] = [200, 100]
  const items = Array.from({ length }, () => ({ id: 'y'.repeat(255) }))
  for (let seq = 1; seq <= batches; seq += 1) await batch(stream, ann, items, seq)
  await vi.waitUntil(
    async () => (await query(database, 'select from headway.left_request', [])).length === 0,
    { timeout: 30_000 },
  )
  expect(served?.writableLength).toBeGreaterThan(0)
  expect(served?.writableLength).toBeLessThan(2 * 1_048_576)
  let answers = 0
  socket.on('data', (data) => {
    answers += String(data).split('yyy",').length - 1
  })
  socket.resume()
  await vi.waitUntil(() => answers >= batches * length * 0.99, { timeout: 30_000 })
})
