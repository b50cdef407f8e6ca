import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromiumOptions } from '@headway/test-kit/browser/chromium-options'
import { listenLocally } from '@headway/test-kit/network/listening'
import { type Browser, chromium } from 'playwright'
import { buildOrUndo } from '../../../packages/gateway/src/teardown.ts'

/** The folder of the build. */
export const dist: string = fileURLToPath(new URL('../../.vitepress/dist', import.meta.url))

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.json': 'application/json',
}

/** The built site, served as files, and a Chromium. */
export interface Site {
  url: string
  browser: Browser
  close(): Promise<void>
}

export function openSite(): Promise<Site> {
  return buildOrUndo(async ({ defer, run }) => {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://site')
      const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname
      readFile(join(dist, path)).then(
        (file) => {
          response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream')
          response.end(file)
        },
        () => response.writeHead(404).end(),
      )
    })
    const { port, close } = await listenLocally(server)
    defer(close)
    const browser = await chromium.launch(await chromiumOptions())
    defer(() => browser.close())
    return { url: `http://127.0.0.1:${port}`, browser, close: run }
  })
}
