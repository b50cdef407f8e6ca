import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'

/**
 * Starts an HTTP server on a free port that answers by a `fetch` function: a test of it has real
 * sockets.
 */
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
    // The client aborted, or a fault cut the connection: no client is left to answer.
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
