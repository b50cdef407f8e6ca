import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromiumOptions } from '@headway/test-kit/browser/chromium-options'
import { chromium, type Page } from 'playwright'
import { preview } from 'vite'
import { appFolder } from '../app-sources.ts'
import { type ForgeServer, startForge } from '../server.ts'
import { run } from './project.ts'

/** Forge's todo list as its users run it: their server, and their pages with our client. */
export interface TodoList {
  forge: ForgeServer
  /** Opens another tab. */
  open(): Promise<Page>
  close(): Promise<void>
}

/** Builds the server and the pages of a template that has changed over, and serves both. */
export async function startTodoList(template: string): Promise<TodoList> {
  const undo: (() => unknown)[] = []
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const forge = await startServer(template)
    undo.push(forge.close)
    const frontend = join(template, 'frontend')
    await writeFile(join(frontend, '.env'), `PUBLIC_API_URL=${forge.url}\n`)
    await run(frontend, 'npx', 'vite', 'build')
    const pages = await preview({
      configFile: false,
      root: frontend,
      build: { outDir: 'build' },
      preview: { host: '127.0.0.1', port: 0 },
    })
    undo.push(() => pages.close())
    const browser = await chromium.launch(await chromiumOptions())
    undo.push(() => browser.close())
    const [url = ''] = pages.resolvedUrls?.local ?? []
    const open = async (): Promise<Page> => {
      const page = await browser.newPage()
      await page.goto(url)
      return page
    }
    return { forge, open, close }
  } catch (error) {
    await close().catch(() => undefined)
    throw error
  }
}

async function startServer(app: string): Promise<ForgeServer> {
  await edit(join(app, 'forge.toml'), [
    ['port = 9081', `port = \${PORT}`],
    ['cors_origins = ["http://localhost:9080", "http://127.0.0.1:9080"]', 'cors_origins = ["*"]'],
  ])
  // The versions that our app is built with, and what the template has besides.
  await copyFile(join(appFolder, 'Cargo.lock'), join(app, 'Cargo.lock'))
  await run(app, 'cargo', 'fetch')
  return startForge({ app })
}

async function edit(path: string, changes: readonly [from: string, to: string][]): Promise<void> {
  let text = await readFile(path, 'utf8')
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${path} has no \`${from}\``)
    text = text.replace(from, () => to)
  }
  await writeFile(path, text)
}
