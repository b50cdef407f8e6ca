import { chromiumOptions } from '@headway/test-kit/browser/chromium-options'
import { type Browser, chromium, type Page } from 'playwright'

/** A page in a real Chromium, and what went wrong in it. */
export interface BrowserPage {
  page: Page
  /** Errors and warnings of its console, exceptions, and requests that were refused. */
  troubles: string[]
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch(await chromiumOptions())
}

export async function openPage(browser: Browser): Promise<BrowserPage> {
  const page = await browser.newPage()
  const troubles: string[] = []
  page.on('console', (message) => {
    if (/^(error|warning|assert)$/.test(message.type())) troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} ${response.url()}`)
  })
  return { page, troubles }
}
