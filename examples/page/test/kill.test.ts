import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoPage, openDemo, panels } from './demo-page.ts'
import { untilShown, watchPanels } from './shown.ts'

let demo: DemoPage
let page: Page

beforeAll(async () => {
  demo = await openDemo()
  page = await demo.browser.newPage()
  await page.goto(demo.url)
  await watchPanels(page)
})
afterAll(() => demo?.close())

it('the worker is killed in the middle of an export: another does it again, to the end', async () => {
  await page.locator('[data-panel=vue] button', { hasText: 'Export' }).click()
  await untilShown(page, ({ phase, percent }) => phase === 'running' && Number(percent) >= 20)
  await page.getByRole('button', { name: 'Kill the worker' }).click()
  const news = page.locator('#kill-news', { hasText: 'another takes over' })
  await news.waitFor()
  const pids = (await news.innerText()).match(/process \d+/g)?.map((text) => Number(text.slice(8)))
  const [killed = 0, started = 0] = pids ?? []
  expect(() => process.kill(killed, 0)).toThrow('ESRCH')
  expect(process.kill(started, 0)).toBe(true)

  for (const panel of panels) {
    const title = page.locator(`[data-panel=${panel}] .title`)
    await title.filter({ hasText: 'Running, attempt 2' }).waitFor()
  }
  await untilShown(page, ({ phase }) => phase === 'succeeded')
  for (const panel of panels) {
    const title = page.locator(`[data-panel=${panel}] .title`)
    await title.filter({ hasText: 'Completed, attempt 2' }).waitFor()
  }
  const id = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('job')
  const csv = await readFile(join(demo.data, 'exports', `${id}.csv`), 'utf8')
  expect(csv.trimEnd().split('\n')).toHaveLength(50_001)
  const runs = await demo.query('select status, attempt from headway.run where id = $1', [id])
  expect(runs).toEqual([{ status: 'completed', attempt: 2 }])
})
