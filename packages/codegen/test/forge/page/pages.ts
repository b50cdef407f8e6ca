import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type ForgeServer, startForge } from '../server.ts'
import { type Pages, servePages } from './open-page.ts'
import { type ShownPage, showPage } from './shown-page.ts'

/** A Forge server that lists the origin of the pages, and pages that are closed after each test. */
export interface ForgePages {
  server(): ForgeServer
  open(credentials?: RequestCredentials, token?: string): Promise<ShownPage>
}

/** Starts both before the tests of this file, and stops them after these. */
export function useForgePages(): ForgePages {
  let pages: Pages
  let forge: ForgeServer
  const opened: Page[] = []
  beforeAll(async () => {
    pages = await servePages()
    forge = await startForge({ env: { CORS_ORIGINS: `"${pages.origin}"` } })
  })
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.close()
  })
  afterAll(async () => {
    await pages?.close()
    await forge?.close()
  })
  return {
    server: () => forge,
    async open(credentials = 'same-origin', token = '') {
      const page = await pages.open()
      opened.push(page)
      return showPage(page, forge.url, credentials, token)
    },
  }
}
