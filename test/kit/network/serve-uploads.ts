import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { BrowserCommand } from 'vitest/node'

/**
 * Allows pages of any origin, the request headers that Forge 0.10.2 knows, and the answer headers
 * that the client reads.
 */
const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers':
    'content-type, authorization, accept, x-idempotency-key, x-correlation-id, x-session-id, x-forge-platform',
  'access-control-expose-headers': 'x-headway-answer, content-disposition',
}

/**
 * Starts a server for uploads on a free port, and resolves with its origin. It ends with its
 * process.
 *
 * - `/rpc/echo/upload` answers with the parts of the form, by their names.
 * - `/rpc/guarded/upload` does the same, and refuses the token `old`.
 * - `/rpc/report/upload` answers with a file.
 * - `/rpc/silent/upload` never answers.
 */
export const serveUploads: BrowserCommand<[]> = async () => {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end()
  const name = request.url?.split('/')[3]
  const json = (status: number, body: object): void => {
    const headers = { ...cors, 'content-type': 'application/json' }
    response.writeHead(status, headers).end(JSON.stringify(body))
  }
  const body = await buffer(request)
  if (name === 'silent') return
  if (name === 'report') {
    const headers = {
      'content-type': 'text/csv',
      'content-disposition': "attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe.csv",
      'x-headway-answer': 'blob',
    }
    return void response.writeHead(200, { ...cors, ...headers }).end(body.subarray(0, 3))
  }
  if (name === 'guarded' && request.headers.authorization === 'Bearer old') {
    const error = { code: 'UNAUTHORIZED', message: 'The token is not valid' }
    return json(401, { success: false, error })
  }
  const type = request.headers['content-type'] ?? ''
  const form = await new Response(body, { headers: { 'content-type': type } }).formData()
  const parts = [...form].map(([part, value]) => [
    part,
    typeof value === 'string' ? value : `${value.name} ${value.size}`,
  ])
  json(200, { success: true, data: Object.fromEntries(parts) })
}
