import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoPage, openDemo, panels } from './demo-page.ts'

let demo: DemoPage
let page: Page

beforeAll(async () => {
  demo = await openDemo()
  page = await demo.browser.newPage()
  await page.goto(`${demo.url}/#show=workflow`)
})
afterAll(() => demo?.close())

describe('a connection that stays cut, in Chromium', () => {
  it('every panel says how old it is, while another page goes on', async () => {
    await button(page, 'Verify').first().click()
    await everyPanelIs(page, 'waiting', 'live')
    await cut().focus()
    await page.keyboard.press('Enter')
    await everyPanelIs(page, 'waiting', 'stale')
    expect(await cut().getAttribute('aria-pressed')).toBe('true')
    for (const notice of await page.locator('[data-verification] .notice').all()) {
      await notice.filter({ hasText: /^As of \d+ s ago: the connection is lost/ }).waitFor()
    }
    await heard('Connection lost')

    const other = await demo.browser.newPage()
    await other.goto(page.url())
    await button(other, 'Click the link').first().click()
    await everyPanelIs(other, 'succeeded', 'live')
    await other.close()
    await everyPanelIs(page, 'waiting', 'stale')
  })

  it('the ages grow by themselves, and no attempt gets through', async () => {
    const [panelAge, lineAge] = [await ageOf(notice()), await ageOf(line())]
    await expect.poll(() => ageOf(notice())).toBeGreaterThan(panelAge)
    await expect.poll(() => ageOf(line())).toBeGreaterThan(lineAge)
    const failed = page.waitForEvent('requestfailed', isStream)
    // If an attempt is under way, the button does nothing: that attempt fails too.
    await page.locator('#reconnect').dispatchEvent('click')
    expect((await failed).failure()?.errorText).toMatch(/ERR_(CONNECTION_RESET|EMPTY_RESPONSE)/)
    await everyPanelIs(page, 'waiting', 'stale')
  })

  it('pressed again, it catches up, and says with how much', async () => {
    await cut().click()
    await everyPanelIs(page, 'succeeded', 'live')
    expect(await cut().getAttribute('aria-pressed')).toBe('false')
    // The phase, and three steps that are done now.
    await page.locator('#caught-up-text', { hasText: /^Caught up: 4 updates in \d+ ms$/ }).waitFor()
    expect(await page.locator('#caught-up-details').textContent()).toBe(
      ': phase waiting to succeeded, email_confirmed running to completed, ' +
        'check_documents pending to completed, open_account pending to completed.',
    )
    await heard('Caught up: 4 updates in')
    expect(await page.locator('#cut-news').textContent()).toBe('')
    await line()
      .filter({ hasText: /^Connected$/ })
      .waitFor()
  })

  it('a reload connects again: a page that was left keeps nobody cut off', async () => {
    await button(page, 'Verify').first().click()
    await everyPanelIs(page, 'waiting', 'live')
    await cut().click()
    await everyPanelIs(page, 'waiting', 'stale')
    await page.reload()
    await everyPanelIs(page, 'waiting', 'live')
    expect(await cut().getAttribute('aria-pressed')).toBe('false')
  })

  it('no other site may cut it', async () => {
    const url = `${demo.url}/demo/cut?line=1`
    const headers = { 'Sec-Fetch-Site': 'cross-site' }
    expect((await fetch(url)).status).toBe(405)
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(403)
    const kill = await fetch(`${demo.url}/demo/kill-worker`, { method: 'POST', headers })
    expect(kill.status).toBe(403)
  })
})

const cut = (): Locator => page.getByRole('button', { name: 'Cut the connection' })
const line = (): Locator => page.locator('#connection-text')
const notice = (): Locator => page.locator('[data-verification=vue] .notice')
const button = (page: Page, name: string): Locator =>
  page.locator('[data-verification] button[aria-disabled=false]', { hasText: name })

async function everyPanelIs(page: Page, phase: string, sync: string): Promise<void> {
  for (const panel of panels) {
    const state = `[data-phase=${phase}][data-sync=${sync}]`
    await page.locator(`[data-verification=${panel}]${state}`).waitFor()
  }
}

/** Waits until the live region has said it. */
function heard(text: string): Promise<void> {
  const region = page.locator('[aria-live=polite]')
  return region.filter({ hasText: text }).waitFor({ state: 'attached' })
}

/** The seconds in a text such as `As of 12 s ago`. */
async function ageOf(place: Locator): Promise<number> {
  return Number((await place.textContent())?.match(/(\d+) s ago/)?.[1])
}

function isStream(request: { url(): string }): boolean {
  return request.url().includes('/_api/events')
}
