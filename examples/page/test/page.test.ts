import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoPage, openDemo, type Panel, panels, showScenario } from './demo-page.ts'
import { history, untilShown, watchPanels } from './shown.ts'

let demo: DemoPage
let page: Page

beforeAll(async () => {
  demo = await openDemo()
})
afterAll(() => demo?.close())

describe('the demo page, in Chromium', () => {
  it('four frameworks show one export, through a cut connection, to a real file', async () => {
    page = await demo.browser.newPage({ acceptDownloads: true })
    const troubles: string[] = []
    page.on('pageerror', (error) => troubles.push(error.message))
    await page.goto(demo.url)
    await watchPanels(page)

    await page.locator('[data-panel=react] button', { hasText: 'Export' }).focus()
    await page.keyboard.press('Enter')
    await untilShown(page, ({ phase, percent }) => phase === 'running' && Number(percent) >= 20)
    // The button is disabled now, and still has the focus.
    const focused = await page.evaluate(() => document.activeElement?.textContent)
    expect(focused).toBe('Export')

    for (const panel of panels) {
      const bar = page.locator(`[data-panel=${panel}]`).getByRole('progressbar')
      await expect(bar.getAttribute('aria-valuenow')).resolves.toMatch(/^\d+$/)
      await expect(bar.getAttribute('aria-valuetext')).resolves.toContain('of 50,000')
    }
    const cut = page.getByRole('button', { name: 'Cut the connection' })
    await cut.click()
    await untilShown(page, ({ sync }) => sync === 'stale')
    await cut.click()
    await untilShown(page, ({ sync }) => sync === 'live')
    await untilShown(page, ({ phase }) => phase === 'succeeded')

    for (const [panel, shown] of Object.entries(await history(page))) {
      const running = shown.filter(({ phase }) => phase === 'running')
      const percents = running.map(({ percent }) => Number(percent))
      expect(new Set(percents).size, panel).toBeGreaterThanOrEqual(3)
      expect(percents, `${panel} never goes back`).toEqual([...percents].sort((a, b) => a - b))
      expect(
        shown.map(({ sync }) => sync),
        panel,
      ).toContain('stale')
      expect(
        shown.map(({ phase }) => phase),
        panel,
      ).not.toContain('failed')
    }
    expect(troubles).toEqual([])
  })

  it('each panel links to the file: one header and 50,000 rows', async () => {
    for (const panel of panels) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator(`[data-panel=${panel}] a[download]`).click(),
      ])
      const csv = await readFile(await download.path(), 'utf8')
      const [header, ...rows] = csv.trimEnd().split('\n')
      expect(header).toContain('email')
      expect(rows).toHaveLength(50_000)
    }
  })

  it('a reload shows it again', async () => {
    await page.reload()
    await watchPanels(page)
    await untilShown(page, ({ phase }) => phase === 'succeeded')
  })

  it('a cancel in one panel shows in all; the live region says little', async () => {
    await page.evaluate(() => {
      const said: string[] = []
      Object.assign(window, { said })
      const region = document.querySelector('[aria-live=polite]')
      if (!region) throw new Error('The page has no polite live region')
      new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      })
    })
    await page.getByRole('radio', { name: /json/i }).check()
    await page.locator('[data-panel=vue] button', { hasText: 'Export' }).click()
    await untilShown(page, ({ phase, percent }) => phase === 'running' && Number(percent) >= 50)
    await page.locator('[data-panel=svelte] button', { hasText: 'Cancel' }).click()
    await untilShown(page, ({ phase }) => phase === 'cancelled')
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said)
    expect(said).toContain('Export: started')
    expect(said.at(-1)).toBe('Export: Cancelled')
    expect(said.length).toBeLessThanOrEqual(6)
  })

  it.each(panels)('a failed action is explained in words: %s', async (panel) => {
    const troubles: string[] = []
    page.once('pageerror', (error) => troubles.push(error.message))
    const button = (name: string) => page.locator(`[data-panel=${panel}] button`, { hasText: name })
    const trouble = page.locator('#trouble')
    const region = page.locator('[aria-live=polite]')

    await page.route('**/_api/rpc/**', (route) => route.abort())
    await button('Export').click()
    await trouble.filter({ hasText: 'The export did not start' }).waitFor()
    await region.filter({ hasText: 'The export did not start' }).waitFor({ state: 'attached' })
    await page.locator(`[data-panel=${panel}] .title`, { hasText: 'Not started' }).waitFor()
    await page.unroute('**/_api/rpc/**')

    await page.route('**/cancel', (route) => route.abort())
    await button('Export').click()
    await button('Cancel').click()
    await trouble.filter({ hasText: 'The export was not cancelled' }).waitFor()
    await page.unroute('**/cancel')
    await button('Cancel').click()
    await page.locator(`[data-panel=${panel}][data-phase=cancelled]`).waitFor()
    expect(await trouble.textContent()).toBe('')
    expect(troubles).toEqual([])
  })

  it('four frameworks show one workflow, through a reload and a click', async () => {
    await showScenario(page, 'A workflow')
    await verify('svelte', 'Verify')
    await everybodyShows('create_account', 'running')
    await everybodyShows('email_confirmed', 'running')
    for (const panel of panels) {
      const item = verification(panel).locator('[data-step=email_confirmed]')
      await expect(item.getAttribute('aria-current')).resolves.toBe('step')
      await expect(item.textContent()).resolves.toContain('waiting')
    }
    await page.reload()
    await everybodyIs('waiting')
    await verify('vue', 'Click the link')
    await everybodyIs('succeeded')
    await everybodyShows('open_account', 'completed')
  })

  it('a failed step undoes the others, and a retry continues', async () => {
    await page.getByRole('checkbox').check()
    await verify('react', 'Verify')
    await everybodyIs('waiting')
    await verify('plain', 'Click the link')
    await everybodyIs('compensating')
    await everybodyIs('failed')
    await everybodyShows('create_account', 'compensated')
    await everybodyShows('check_documents', 'failed')
    await everybodyShows('open_account', 'skipped')
    await expect(
      verification('vue').locator('[data-step=check_documents]').textContent(),
    ).resolves.toContain('The documents cannot be read')
    await verify('vue', 'Try again')
    await everybodyIs('succeeded')
  })

  it('a cancelled workflow shows in every panel', async () => {
    await verify('plain', 'Verify')
    await everybodyIs('waiting')
    await verify('react', 'Cancel')
    await everybodyIs('cancelled')
    await everybodyShows('create_account', 'compensated')
    // It has not failed: no panel has an error.
    await everybodyShows('email_confirmed', 'cancelled')
    expect(await page.locator('[data-verification] .error').count()).toBe(0)
    await page
      .locator('[aria-live=polite]')
      .filter({ hasText: 'Verification: Cancelled' })
      .waitFor({ state: 'attached' })
  })
})

function verification(panel: Panel) {
  return page.locator(`[data-verification=${panel}]`)
}

/** Presses a button of a panel. */
async function verify(panel: Panel, button: string): Promise<void> {
  await verification(panel).locator('button[aria-disabled=false]', { hasText: button }).click()
}

async function everybodyIs(phase: string): Promise<void> {
  for (const panel of panels) {
    await page.locator(`[data-verification=${panel}][data-phase=${phase}]`).waitFor()
  }
}

/** Waits until every panel shows a step with this word. */
async function everybodyShows(step: string, status: string): Promise<void> {
  for (const panel of panels) {
    await verification(panel).locator(`[data-step=${step}][data-status=${status}]`).waitFor()
  }
}
