import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoPage, openDemo, type Panel, panels, showScenario } from './demo-page.ts'

let demo: DemoPage
let page: Page
const said: string[] = []

beforeAll(async () => {
  demo = await openDemo()
  page = await demo.browser.newPage({ acceptDownloads: true })
  await page.exposeFunction('note', (text: string) => said.push(text))
  await page.goto(demo.url)
  await page.evaluate(() => {
    const region = document.querySelector('[aria-live=polite]')
    const { note } = window as unknown as { note(text: string): void }
    if (!region) throw new Error('The page has no polite live region')
    new MutationObserver(() => note(region.textContent ?? '')).observe(region, { childList: true })
  })
  await showScenario(page, 'My exports')
})
afterAll(() => demo?.close())

describe('my exports, in Chromium', () => {
  it('an empty list says so; an export is shown in every panel, to its file', async () => {
    for (const panel of panels) {
      await list(panel).locator('.hint', { hasText: 'No exports yet' }).waitFor()
    }
    await start('vue')
    await everybodyLists(1)
    await everyFirstRowIs('running')
    await everyFirstRowIs('succeeded')
    for (const panel of panels) {
      const text = await rows(panel).first().innerText()
      expect(text, panel).toMatch(/^Users as CSV\s+100 %\s+Completed · 50,000 rows written\s/)
      expect(text, panel).toMatch(/Started [\d:]{8}, took \d+ s\s+Download$/)
      expect(await list(panel).locator('.hint').textContent()).toBe('')
    }
    const link = rows('react').getByRole('link', { name: /^Download Users as CSV of [\d:]{8}$/ })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toBe('users.csv')
  })

  it.each(panels)('cancels an export in the row, and tries it again: %s', async (panel) => {
    await start(panel)
    await everyFirstRowIs('running')
    const button = rows(panel).first().getByRole('button')
    expect(await button.getAttribute('aria-label')).toMatch(/^Cancel: Users as CSV of [\d:]{8}$/)
    await button.focus()
    await page.keyboard.press('Enter')
    await everyFirstRowIs('cancelled')
    // The button has another name, and still the focus.
    await expect.poll(focused).toMatch(/^Try again: Users as CSV of [\d:]{8}$/)
    await page.keyboard.press('Enter')
    await everyFirstRowIs('running')
    await expect.poll(focused).toMatch(/^Cancel: /)
    await everyFirstRowIs('succeeded')
    // The button is gone: the focus is on the link of its row.
    await expect.poll(focused).toMatch(/^Download Users as CSV of [\d:]{8}$/)
  })

  it('shows how long an export will take, and where it waits', async () => {
    // The worker runs four at once.
    for (let count = 0; count < 6; count += 1) await start('svelte')
    for (const panel of panels) {
      await rows(panel).filter({ hasText: 'Next in the queue' }).waitFor()
      await rows(panel).filter({ hasText: '1 before it' }).waitFor()
      await rows(panel)
        .filter({ hasText: /about \d+ s left/ })
        .first()
        .waitFor()
    }
  })

  it('shows older exports where it is asked to, newest first', async () => {
    await everybodyLists(5)
    await list('plain').getByRole('button', { name: 'Show older' }).click()
    await expect.poll(() => rows('plain').count()).toBe(10)
    const ids = await rows('plain').evaluateAll((all) =>
      all.map((row) => (row as HTMLElement).dataset.id),
    )
    const stored = await demo.query<{ id: string }>(
      'select id from headway.run order by created_at desc, id desc limit 10',
    )
    expect(ids).toEqual(stored.map(({ id }) => id))
    expect(await rows('vue').count()).toBe(5)
  })

  it('says of exports that the page does not follow only how they end', async () => {
    for (const panel of panels) {
      await expect.poll(() => list(panel).locator('li:not([data-phase=succeeded])').count()).toBe(0)
    }
    const others = said.filter((text) => text.includes('Users as CSV of'))
    expect(others.length).toBeLessThanOrEqual(6)
    for (const text of others) expect(text).toMatch(/: (Completed|Queued)$/)
  })

  it('a lost connection is shown, and the list catches up', async () => {
    await start('react')
    await everyFirstRowIs('running')
    const cut = page.getByRole('button', { name: 'Cut the connection' })
    await cut.click()
    for (const panel of panels) {
      await list(panel)
        .locator('.notice', { hasText: /^As of \d+ s ago/ })
        .last()
        .waitFor()
    }
    await demo.query("select headway.start_job('export_users')")
    await cut.click()
    for (const panel of panels) {
      await page.locator(`[data-runs=${panel}][data-sync=live]`).waitFor()
      await rows(panel).first().locator('.title', { hasText: 'Export' }).waitFor()
    }
    await page.locator('#caught-up', { hasText: /row [0-9a-f]{8} running/ }).waitFor()
  })

  it('is followed only while it is shown', async () => {
    await showScenario(page, 'A job')
    await expect.poll(() => page.locator('[data-runs]').count()).toBe(0)
    await showScenario(page, 'My exports')
    await everybodyLists(5)
  })
})

const list = (panel: Panel): Locator => page.locator(`[data-runs=${panel}]`)
const rows = (panel: Panel): Locator => list(panel).locator('li')
const start = (panel: Panel): Promise<void> =>
  list(panel).getByRole('button', { name: 'Export', exact: true }).click()

async function everybodyLists(count: number): Promise<void> {
  for (const panel of panels)
    await expect.poll(() => rows(panel).count(), { message: panel }).toBe(count)
}

async function everyFirstRowIs(phase: string): Promise<void> {
  for (const panel of panels) {
    await list(panel).locator(`li:first-child[data-phase=${phase}]`).waitFor()
  }
}

/** The label of the focused element. */
function focused(): Promise<string> {
  return page.evaluate(() => document.activeElement?.ariaLabel ?? '')
}
