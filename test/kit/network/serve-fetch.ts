import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'

/** A `fetch` function as a real HTTP server on a free port, so that real sockets lie between. */
export async function serveFetch(
  fetch: typeof globalThis.fetch,
): Promise<{ url: string; close(): Promise<void> }> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const controller = new AbortController()
    response.on('close', () => controller.abort())
    const { method = 'GET', url = '/' } = request
    const answered = await fetch(`http://fake${url}`, {
      method,
      headers: request.headers as Record<string, string>,
      ...(method !== 'GET' && { body: await text(request) }),
      signal: controller.signal,
    })
    response.writeHead(answered.status, Object.fromEntries(answered.headers))
    if (answered.body) await pipeline(Readable.fromWeb(answered.body as ReadableStream), response)
    else response.end()
  }
  const server = createServer((request, response) => {
    // Aborted by its own client, or cut on purpose: either way there is nobody left to tell.
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
