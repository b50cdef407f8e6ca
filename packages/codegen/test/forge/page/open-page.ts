import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { chromiumOptions } from '@headway/test-kit/browser/chromium-options'
import { type Browser, chromium, type Page } from 'playwright'
import { build } from 'vite'

/** A server of pages, and a Chromium that opens them. */
export interface Pages {
  /** Their origin, which is none of Forge's. */
  origin: string
  /** A new page, with `headway` at hand. */
  open(): Promise<Page>
  close(): Promise<void>
}

/** Serves a page that has our client in it, as a bundle, on a port of its own. */
export async function servePages(): Promise<Pages> {
  const script = await bundle()
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let browser: Browser | undefined
  return {
    origin,
    async open() {
      browser ??= await chromium.launch(await chromiumOptions())
      const page = await browser.newPage()
      await page.goto(origin)
      await page.waitForFunction('"headway" in globalThis')
      return page
    },
    async close() {
      await browser?.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['headway-source', 'browser', 'module', 'import'] },
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('page.ts', import.meta.url)),
        formats: ['es'],
        fileName: 'page',
      },
    },
  })
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : []
  const chunk = outputs.find((output) => output.type === 'chunk')
  if (chunk?.type !== 'chunk') throw new Error('vite has built no page')
  return chunk.code
}
