import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoPage, openDemo, showScenario } from './demo-page.ts'

let demo: DemoPage
let page: Page

beforeAll(async () => {
  demo = await openDemo()
  page = await demo.browser.newPage()
  await page.goto(demo.url)
})
afterAll(() => demo?.close())

describe('the scenarios, in Chromium', () => {
  it('the arrow keys show one after the other', async () => {
    await expectShown('A job', '[data-panel]')
    await page.getByRole('tab', { name: 'A job' }).focus()
    await page.keyboard.press('ArrowRight')
    await expectShown('A workflow', '[data-verification]')
    await page.keyboard.press('End')
    await expectShown('A batch', '[data-batch]')
    await page.keyboard.press('ArrowRight')
    await expectShown('A job', '[data-panel]')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expectShown('A live query', '[data-exports]')
    await page.keyboard.press('Tab')
    // The other tabs are no stops: Tab leads into the scenario.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('list-start')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('ArrowLeft')
    await expectShown('My exports', '[data-runs]')
  })

  it('the address keeps the scenario and the runs, also when it is edited', async () => {
    await showScenario(page, 'A job')
    await page.locator('[data-panel=react] button', { hasText: 'Export' }).click()
    await page.locator('[data-panel=svelte][data-phase=running]').waitFor()
    await showScenario(page, 'A workflow')
    expect(new URL(page.url()).hash).toMatch(/^#show=workflow&job=[0-9a-f-]{36}$/)
    await page.reload()
    await expectShown('A workflow', '[data-verification]')
    // The job is followed while it is not shown.
    await page.locator('#job-tab .badge', { hasText: /^\d+ %$/ }).waitFor()
    await page.evaluate(() => {
      location.hash = location.hash.replace('show=workflow', 'show=job')
    })
    await expectShown('A job', '[data-panel]')
    await page.locator('[data-panel=plain][data-phase=succeeded]').waitFor()
    expect(await page.locator('#job-tab .badge').isHidden()).toBe(true)
  })

  it('each panel has its code below it', async () => {
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click()
      const blocks = page.locator('[role=tabpanel]:not([hidden]) .code')
      expect(await blocks.locator('summary').allInnerTexts()).toEqual([
        'The code in plain TypeScript',
        'The code in Svelte',
        'The code in React',
        'The code in Vue',
      ])
      for (const code of await blocks.locator('code').all()) {
        await expect(code.textContent()).resolves.toMatch(/use|create|client\./)
      }
    }
  })
})

/** Waits until one tab is chosen, and its four panels are all that is shown. */
async function expectShown(name: string, panels: string): Promise<void> {
  await page.getByRole('tab', { name, selected: true }).waitFor()
  await page.locator(panels).nth(3).waitFor()
  expect(await page.locator('.panel:visible').count()).toBe(4)
  expect(await page.getByRole('tab', { selected: true }).count()).toBe(1)
}
