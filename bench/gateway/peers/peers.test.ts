import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { toUuid } from '../../state.ts'
import { openReader } from '../readers.ts'
import { betterSse } from './better-sse.ts'
import { headway } from './headway.ts'
import type { Peer } from './peer.ts'
import { raw } from './raw.ts'

let close = (): void => undefined
afterEach(() => close())

/** Registers for a shared run in the request, as the gateway's clients do. */
const items = [{ kind: 'job', id: 'shared', job_id: toUuid(0) }]

it.each<[string, () => Peer, readonly object[] | undefined]>([
  ['headway', headway, items],
  ['better-sse', betterSse, undefined],
  ['node:http', raw, undefined],
])('a stream of the peer %s opens, and gets a change', async (_, create, registrations) => {
  const peer = create()
  const server = createServer((request, response) => peer.listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  let received = 0
  const count = (events: number): void => {
    received += events
  }
  const reader = await openReader(port, 0, count, registrations)
  close = () => {
    reader.close()
    server.close()
  }
  await peer.broadcast(1)
  await expect.poll(() => received).toBe(1)
})

it('a refused stream says why, and one that is closed, too', async () => {
  const server = createServer((request, response) => {
    if (request.url?.includes('stream=0')) response.writeHead(503).end('busy')
    else response.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () => server.close()
  const { port } = server.address() as AddressInfo
  const open = (stream: number) => openReader(port, stream, () => undefined)
  await expect(open(0)).rejects.toThrow('503')
  await expect(open(1)).rejects.toThrow('closed the stream')
})
