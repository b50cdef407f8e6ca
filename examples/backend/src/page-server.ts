import { createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Gateway } from '@headway/gateway'
import { preview } from 'vite'
import { createControls, longestCutMs } from './controls.ts'
import { DemoError } from './demo-error.ts'
import { createLines } from './lines.ts'
import { exportsFolder, pageFolder } from './places.ts'
import type { WorkerProcess } from './worker-process.ts'

/** A server for the page, the gateway and the exported files, on one port. */
export interface PageServer {
  url: string
  close(): Promise<void>
}

/** Serves the gateway, the exported files and the page's controls, then the built page by Vite. */
export async function servePage(
  gateway: Gateway,
  worker: Pick<WorkerProcess, 'kill'>,
  port: number,
): Promise<PageServer> {
  if (!(await exists(join(pageFolder, 'dist/index.html')))) {
    throw new DemoError(
      'The page is not built: start the demo with `npm run demo`, which builds it',
    )
  }
  const streams = new Set<ServerResponse>()
  const lines = createLines(longestCutMs)
  const control = createControls(lines, worker)
  const handle = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const { url = '/' } = request
    const [prefix, line] = url.match(/^\/line\/([\w-]{1,40})(?=\/_api\/)/) ?? []
    if (prefix && line) {
      if (!lines.admit(line, response)) return
      request.url = url.slice(prefix.length)
    }
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    if (path === '/_api/events') {
      streams.add(response)
      response.on('close', () => streams.delete(response))
    }
    if (control(request, response)) return
    const file = path.match(/^\/exports\/([0-9a-f-]{36}\.(?:csv|json))$/)?.[1]
    if (file) {
      sendFile(file, response).catch(() => response.destroy())
      return
    }
    gateway.node(request, response, next)
  }
  const ownListeners = process.listeners('SIGTERM')
  const server = await preview({
    root: pageFolder,
    configFile: false,
    logLevel: 'silent',
    preview: { port, strictPort: true, host: '127.0.0.1', cors: false },
    plugins: [
      {
        name: 'headway-demo',
        // Before Vite's middlewares: they compress, which would hold back the event stream.
        configurePreviewServer: ({ middlewares }) => void middlewares.use(handle),
      },
    ],
  })
  // Vite ends the process on SIGTERM, before the demo could stop its other parts.
  for (const listener of process.listeners('SIGTERM')) {
    if (!ownListeners.includes(listener)) process.off('SIGTERM', listener)
  }
  const address = server.httpServer.address() as AddressInfo
  return {
    url: `http://localhost:${address.port}`,
    async close() {
      lines.close()
      for (const stream of streams) stream.socket?.destroy()
      await server.close()
    },
  }
}

async function sendFile(name: string, response: ServerResponse): Promise<void> {
  const path = join(exportsFolder, name)
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  )
  if (size === null) {
    response.writeHead(404, { 'Content-Type': 'application/json' })
    return void response.end('{"message":"This export was deleted: export again"}')
  }
  response.writeHead(200, {
    'Content-Type': name.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/json',
    'Content-Length': size,
    'Content-Disposition': `attachment; filename="users.${name.split('.')[1]}"`,
    'X-Content-Type-Options': 'nosniff',
  })
  createReadStream(path)
    .on('error', () => response.destroy())
    .pipe(response)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
