import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyPanelIs, exportAnother, openPage, press } from './act.ts'
import { type DemoPage, openDemo, showScenario } from './demo-page.ts'

let demo: DemoPage
beforeAll(async () => {
  demo = await openDemo()
})
afterAll(() => demo?.close())

describe('the page', () => {
  it.each([320, 360])('fits a screen of %i px', async (width) => {
    const page = await openPage(demo, 'A job')
    await page.setViewportSize({ width, height: 800 })
    await press(page, 'Export')
    await everyPanelIs(page, 'A job', 'succeeded')
    await showScenario(page, 'A workflow')
    await press(page, 'Verify')
    await everyPanelIs(page, 'A workflow', 'waiting')
    await showScenario(page, 'My exports')
    await exportAnother(page)
    await page.locator('[data-runs=vue] li[data-phase=running]').waitFor()
    await showScenario(page, 'A batch')
    await press(page, 'Import')
    await everyPanelIs(page, 'A batch', 'running')
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click()
      const shown = page.locator('[role=tabpanel]:not([hidden]) .panel')
      await shown.nth(3).waitFor()
      for (const element of [page.locator('html'), ...(await shown.all())]) {
        const isTooWide = await element.evaluate(
          ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
        )
        expect(isTooWide).toBe(false)
      }
    }
    const tops = await page
      .getByRole('tab')
      .evaluateAll((tabs) => tabs.map((tab) => tab.getBoundingClientRect().top))
    expect(new Set(tops).size).toBeLessThanOrEqual(2)
    await page.close()
  })

  it('says without JavaScript that it needs it', async () => {
    const plain = await demo.browser.newPage({ javaScriptEnabled: false })
    await plain.goto(demo.url)
    await plain.locator('.no-script').waitFor()
    await plain.close()
  })

  it('shows progress and choices in colours of the user', async () => {
    const page = await openPage(demo, 'A job')
    await page.emulateMedia({ forcedColors: 'active' })
    const colourOf = (selector: string, property: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
    const [canvas, bar] = [
      await colourOf('body', 'background-color'),
      await colourOf('[role=tabpanel] .bar > div', 'background-color'),
    ]
    expect(bar).not.toBe(canvas)
    const chosen = await colourOf('[role=tab][aria-selected=true]', 'border-bottom-color')
    expect(chosen).not.toBe(
      await colourOf('[role=tab][aria-selected=false]', 'border-bottom-color'),
    )
    await page.close()
  })
})
