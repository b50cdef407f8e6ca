import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyPanelIs, press } from './act.ts'
import { type DemoPage, openDemo, type Panel, panels, showScenario } from './demo-page.ts'

let demo: DemoPage
let page: Page
const said: string[] = []

beforeAll(async () => {
  demo = await openDemo()
  page = await demo.browser.newPage()
  await page.exposeFunction('note', (text: string) => said.push(text))
  await page.goto(demo.url)
  await page.evaluate(() => {
    const region = document.querySelector('[aria-live=polite]')
    const { note } = window as unknown as { note(text: string): void }
    if (!region) throw new Error('The page has no polite live region')
    new MutationObserver(() => note(region.textContent ?? '')).observe(region, { childList: true })
  })
  await showScenario(page, 'A batch')
})
afterAll(() => demo?.close())

describe('a batch, in Chromium', () => {
  it('every panel counts its files, to the one that fails', async () => {
    await press(page, 'Import')
    await everyPanelIs(page, 'A batch', 'running')
    await everyDetailIs(/\d+ running · \d+ waiting$/)
    await everyPanelIs(page, 'A batch', 'failed')
    await everyDetailIs(/^19 done · 1 failed$/)
    expect(said).toEqual(['Batch: 1 of 20 failed', 'Batch: Failed. 19 done, 1 failed'])
  })

  it('lists its files on request, and more of them', async () => {
    expect(await page.locator('[data-batch] li').count()).toBe(0)
    for (const panel of panels) {
      await batch(panel).locator('summary').click()
      await expect.poll(() => files(panel).count(), { message: panel }).toBe(10)
    }
    await batch('plain').getByRole('button', { name: 'Show more' }).click()
    await expect.poll(() => files('plain').count()).toBe(20)
    expect(await files('plain').last().innerText()).toMatch(/^users-20\.csv\s/)
    expect(await files('vue').count()).toBe(10)
  })

  it('tries one file again, with the keyboard, and is done', async () => {
    const button = batch('react').getByRole('button', { name: 'Try again: users-07.csv' })
    await button.focus()
    await page.keyboard.press('Enter')
    await everyPanelIs(page, 'A batch', 'succeeded')
    await everyDetailIs(/^20 done$/)
    for (const panel of panels) {
      await files(panel).nth(6).filter({ hasText: 'rows imported' }).waitFor()
    }
    expect(said.at(-1)).toBe('Batch: Completed. 20 done')
  })

  it('is cancelled as a whole, and tried again as a whole', async () => {
    await press(page, 'Import')
    await everyPanelIs(page, 'A batch', 'running')
    await press(page, 'Cancel')
    await everyPanelIs(page, 'A batch', 'cancelled')
    await everyDetailIs(/\d+ cancelled$/)
    await press(page, 'Try again')
    await everyPanelIs(page, 'A batch', 'running')
  })

  it('a reload goes on with it, also in the badge of its tab', async () => {
    await page.reload()
    await everyPanelIs(page, 'A batch', 'running')
    await showScenario(page, 'A job')
    await page.locator('#batch-tab .badge', { hasText: /^\d+ %$/ }).waitFor()
    await showScenario(page, 'A batch')
    await page.locator('[data-batch=vue]:is([data-phase=failed], [data-phase=succeeded])').waitFor()
  })

  it('folds its list while another scenario is shown', async () => {
    await batch('svelte').locator('summary').click()
    await files('svelte').nth(9).waitFor()
    await showScenario(page, 'A job')
    await expect.poll(() => files('svelte').count()).toBe(0)
  })
})

const batch = (panel: Panel): Locator => page.locator(`[data-batch=${panel}]`)
const files = (panel: Panel): Locator => batch(panel).locator('li')

/** Waits until every panel shows these counts. */
async function everyDetailIs(counts: RegExp): Promise<void> {
  for (const panel of panels) {
    await batch(panel).locator(':scope > .status .detail', { hasText: counts }).waitFor()
  }
}
