import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { createLines, type Lines } from './lines.ts'

let server: Server
let lines: Lines
let url: string

/** A server with the lines `/a` and `/b`; `/a/stream` never ends. */
async function serve(longestMs: number): Promise<void> {
  lines = createLines(longestMs)
  server = createServer((request, response) => {
    const [, line = '', rest] = (request.url ?? '').split('/')
    if (!lines.admit(line, response)) return
    response.write('answer')
    if (rest !== 'stream') response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(() => {
  vi.useRealTimers()
  lines.close()
  server.closeAllConnections()
  server.close()
})

const read = async (path: string): Promise<string> => (await fetch(url + path)).text()

it('a cut line is a broken network until it is connected; another line is not', async () => {
  await serve(60_000)
  const stream = await fetch(`${url}/a/stream`)
  lines.cut('a')
  await expect(stream.text()).rejects.toThrow()
  await expect(read('/a/call')).rejects.toThrow()
  expect(await read('/b/call')).toBe('answer')
  lines.connect('a')
  expect(await read('/a/call')).toBe('answer')
})

it('a cut that nobody ends is over by itself', async () => {
  await serve(60_000)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  lines.cut('a')
  vi.advanceTimersByTime(59_999)
  await expect(read('/a/call')).rejects.toThrow()
  vi.advanceTimersByTime(1)
  expect(await read('/a/call')).toBe('answer')
})
