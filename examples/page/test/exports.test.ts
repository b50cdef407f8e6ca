import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page, Route } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DemoPage, openDemo, type Panel, panels, showScenario } from './demo-page.ts'

let demo: DemoPage
let page: Page

beforeAll(async () => {
  demo = await openDemo()
  page = await demo.browser.newPage()
  await page.goto(demo.url)
})
afterAll(() => demo?.close())

describe('the newest files, in Chromium', () => {
  it('an empty list says so; a finished export appears in every panel', async () => {
    await page.getByRole('radio', { name: /json/i }).check()
    await showScenario(page, 'A live query')
    for (const panel of panels) await hint(panel).filter({ hasText: 'No exports yet' }).waitFor()
    await page.getByRole('button', { name: 'Start an export' }).click()
    await everybodyLists(1)
    for (const panel of panels) {
      await expect(rows(panel).innerText()).resolves.toMatch(
        /^JSON just now\s+50,000 rows, \d+\.\d MB\s+Download\s+Delete$/,
      )
      expect(await hint(panel).textContent()).toBe('')
    }
  })

  it('a deletion in one panel removes the row, the file and the table row', async () => {
    const [file = ''] = await readdir(join(demo.data, 'exports'))
    const link = rows('vue').getByRole('link', { name: /^Download JSON export of [\d:]{8}$/ })
    expect(await link.getAttribute('href')).toBe(`/exports/${file}`)
    expect((await fetch(`${demo.url}/exports/${file}`)).status).toBe(200)

    await rows('vue')
      .getByRole('button', { name: /^Delete JSON export of [\d:]{8}$/ })
      .click()
    await everybodyLists(0)
    await expect.poll(() => readdir(join(demo.data, 'exports'))).toEqual([])
    expect((await fetch(`${demo.url}/exports/${file}`)).status).toBe(404)
    expect(await demo.query('select from exports')).toEqual([])

    const again = await callDelete(file.replace('.json', ''))
    expect(again.status).toBe(404)
    expect(await again.json()).toMatchObject({
      error: { code: 'NOT_FOUND', message: 'This export no longer exists' },
    })
  })

  describe.each(panels)('in %s', (panel) => {
    beforeEach(async () => {
      await demo.query('delete from exports')
      await everybodyLists(0)
      await demo.query(insertExports, [3])
      await everybodyLists(3)
    })

    it('the row disappears here before the answer, elsewhere after it', async () => {
      const held = holdDelete()
      await buttons(panel).first().click()
      await expect.poll(() => rows(panel).count()).toBe(2)
      const route = await held
      for (const other of panels.filter((one) => one !== panel)) {
        expect(await rows(other).count()).toBe(3)
      }
      await route.continue()
      await everybodyLists(2)
      await page.unroute(deletePath)
    })

    it('the row returns with the reason when the server refuses', async () => {
      const held = holdDelete()
      await buttons(panel).nth(1).click()
      await expect.poll(() => rows(panel).count()).toBe(2)
      const error = { code: 'REFUSED', message: 'Not on a Sunday' }
      await (await held).fulfill({ status: 422, json: { success: false, error } })
      await everybodyLists(3)
      const trouble = page.locator('#trouble')
      await trouble.filter({ hasText: 'The export was not deleted: Not on a Sunday' }).waitFor()
      await page.unroute(deletePath)
    })

    it('the focus moves to the next row, then to the heading', async () => {
      await buttons(panel).nth(1).focus()
      const last = (await buttons(panel).nth(2).getAttribute('aria-label')) ?? ''
      await page.keyboard.press('Enter')
      await everybodyLists(2)
      await expect.poll(focused).toBe(last)
      // Another panel deletes the focused row, the last one: the row before gets the focus.
      const first = (await buttons(panel).first().getAttribute('aria-label')) ?? ''
      await demo.query(
        'delete from exports where created_at = (select min(created_at) from exports)',
      )
      await everybodyLists(1)
      await expect.poll(focused).toBe(first)
      await page.keyboard.press('Enter')
      await everybodyLists(0)
      await expect.poll(focused).toBe(`${panel}-exports`)
    })
  })

  it('a lost connection is shown, and the list catches up', async () => {
    const cut = page.getByRole('button', { name: 'Cut the connection' })
    await cut.click()
    for (const panel of panels) {
      await list(panel)
        .locator('.notice', { hasText: /^As of \d+ s ago/ })
        .waitFor()
    }
    await demo.query(insertExports, [1])
    await cut.click()
    await everybodyLists(1)
    for (const panel of panels) {
      await page.locator(`[data-exports=${panel}][data-sync=live]`).waitFor()
      expect(await list(panel).locator('.notice').textContent()).toBe('')
    }
  })

  it('the list shows five exports; the server keeps twenty', async () => {
    await demo.query(insertExports, [25])
    await everybodyLists(5)
    await page.getByRole('button', { name: 'Start an export' }).click()
    const kept = () => demo.query<{ count: number }>('select count(*)::integer from exports')
    await expect.poll(kept).toEqual([{ count: 20 }])
  })

  it('the list is followed only while it is shown', async () => {
    await showScenario(page, 'A job')
    await expect.poll(() => page.locator('[data-exports]').count()).toBe(0)
    await showScenario(page, 'A live query')
    await everybodyLists(5)
  })
})

const deletePath = '**/_api/rpc/delete_export'
/** Inserts exports some seconds apart, so that each has its own name. */
const insertExports = `
  insert into exports (job, format, rows, bytes, created_at)
  select gen_random_uuid(), 'csv', 1000, 56000, now() - n * interval '7 seconds'
    from generate_series(1, $1::integer) as n`

const list = (panel: Panel): Locator => page.locator(`[data-exports=${panel}]`)
const rows = (panel: Panel): Locator => list(panel).locator('li')
const buttons = (panel: Panel): Locator => list(panel).getByRole('button', { name: /^Delete/ })
const hint = (panel: Panel): Locator => list(panel).locator('.hint')

async function everybodyLists(count: number): Promise<void> {
  for (const panel of panels)
    await expect.poll(() => rows(panel).count(), { message: panel }).toBe(count)
}

/** Holds back the next delete. Resolves with its route once it was sent. */
function holdDelete(): Promise<Route> {
  return new Promise((resolve) => void page.route(deletePath, resolve))
}

function callDelete(id: string): Promise<Response> {
  return fetch(`${demo.url}/_api/rpc/delete_export`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Idempotency-Key': randomUUID() },
    body: JSON.stringify({ args: { id } }),
  })
}

/** The label or id of the focused element. */
function focused(): Promise<string> {
  return page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.id ?? '')
}
