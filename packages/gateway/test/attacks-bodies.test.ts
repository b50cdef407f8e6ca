import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGateway, type Gateway, query } from '../src/index.ts'
import { ask, bearer, secret } from './support/attack.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const mib = 1_048_576
let gateway: Gateway
let url: string
const sockets: Socket[] = []

beforeAll(async () => {
  gateway = await createGateway({
    database: await createDatabase(),
    queries: { size: query({ run: ({ input }) => String(input).length }) },
    logger: quiet,
    auth: { jwt: { secret } },
  })
  url = (await gateway.listen(0)).url
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await gateway?.close()
})

/** A request whose body never ends: what it was answered so far. */
const sendHalf = async (headers: Record<string, string>): Promise<() => string> => {
  const { port, host } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  sockets.push(socket)
  let text = ''
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => {
    text += bytes.toString()
  })
  const head = { ...headers, host, 'content-type': 'application/json', 'content-length': mib }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`POST /_api/rpc/size HTTP/1.1\r\n${lines.join('')}\r\n{"args":"`)
  if (!socket.write('x'.repeat(mib - 100_000))) await once(socket, 'drain')
  return () => text
}
const send = (headers: Record<string, string>, length: number) =>
  ask(url, 'POST', '/rpc/size', headers, { args: 'x'.repeat(length) })

it('bodies that are on their way are bounded for each user, until they are answered', async () => {
  const [ann, bob] = [await bearer('ann'), await bearer('bob')]
  const halves = await Promise.all(Array.from({ length: 40 }, () => sendHalf(ann)))
  const answers = () => halves.map((text) => text()).filter((text) => text !== '')
  // There is room for 16 MiB: some 18 of them.
  await expect.poll(() => answers().length).toBeGreaterThanOrEqual(20)
  for (const text of answers()) {
    expect(text).toMatch(/^HTTP\/1.1 503 .*Retry-After: 1\r\n.*SERVICE_UNAVAILABLE/s)
  }
  expect(await send(ann, mib - 100)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' })
  expect(await send(ann, 1_000)).toMatchObject({ status: 200, data: 1_000 })
  expect(await send(bob, mib - 100)).toMatchObject({ status: 200 })
  for (const socket of sockets.splice(0)) socket.destroy()
  await expect.poll(async () => (await send(ann, mib - 100)).status).toBe(200)
})

it('bodies that were answered take no room', async () => {
  const eve = await bearer('eve')
  for (let count = 0; count < 20; count += 1) {
    expect(await send(eve, mib - 100)).toMatchObject({ status: 200 })
    expect(await send(eve, mib)).toMatchObject({ status: 413 })
  }
})
