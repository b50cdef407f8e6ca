import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyPanelIs, exportAnother, openPage, press, shown } from './act.ts'
import { type DemoPage, openDemo, panels } from './demo-page.ts'

let demo: DemoPage
let axe: string
beforeAll(async () => {
  demo = await openDemo()
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})
afterAll(() => demo?.close())

describe('axe finds nothing to complain about, in light and dark', () => {
  it.each(['A job', 'A workflow', 'My exports', 'A live query', 'An upload', 'A batch'])(
    '%s, before a start',
    async (name) => {
      const page = await openPage(demo, name)
      expect(await violations(page)).toEqual([])
      await page.close()
    },
  )

  it('a job that runs, is cut off, and is done', async () => {
    const page = await openPage(demo, 'A job')
    await press(page, 'Export')
    await everyPanelIs(page, 'A job', 'running')
    expect(await violations(page)).toEqual([])
    await throughACut(page, 'A job')
    await everyPanelIs(page, 'A job', 'succeeded')
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  it('a workflow that waits, is cut off, fails, and is cancelled', async () => {
    const page = await openPage(demo, 'A workflow')
    await page.getByRole('checkbox').check()
    await press(page, 'Verify')
    await everyPanelIs(page, 'A workflow', 'waiting')
    expect(await violations(page)).toEqual([])
    await throughACut(page, 'A workflow')
    // The undo of its first step waits until it has been looked at.
    const release = await demo.hold('lock table accounts in share mode')
    await press(page, 'Click the link')
    await everyPanelIs(page, 'A workflow', 'compensating')
    expect(await violations(page)).toEqual([])
    await release()
    await everyPanelIs(page, 'A workflow', 'failed')
    expect(await violations(page)).toEqual([])
    await press(page, 'Verify')
    await everyPanelIs(page, 'A workflow', 'waiting')
    await press(page, 'Cancel')
    await everyPanelIs(page, 'A workflow', 'cancelled')
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  it('a list with runs that wait, run and have ended, and that is cut off', async () => {
    const page = await openPage(demo, 'My exports')
    const row = (phase: string) => page.locator(`[data-runs=svelte] li[data-phase=${phase}]`)
    for (let count = 0; count < 3; count += 1) await exportAnother(page)
    await row('running').nth(2).waitFor()
    expect(await violations(page)).toEqual([])
    await press(page, 'Cancel')
    await row('cancelled').waitFor()
    // The worker runs four at once.
    for (let count = 0; count < 4; count += 1) await exportAnother(page)
    await row('queued').first().waitFor()
    await cut(page)
    for (const panel of panels) {
      await page.locator(`[data-runs=${panel}][data-sync=stale]`).waitFor()
    }
    expect(await violations(page)).toEqual([])
    await cut(page)
    await row('succeeded').first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  it('files that are listed, and a list that is cut off', async () => {
    const page = await openPage(demo, 'A live query')
    await press(page, 'Start an export')
    await page.locator('[data-exports] li').nth(3).waitFor()
    expect(await violations(page)).toEqual([])
    await cut(page)
    for (const panel of panels) {
      await page.locator(`[data-exports=${panel}][data-sync=stale]`).waitFor()
    }
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  it('an upload that runs, fails, and is refused', async () => {
    const page = await openPage(demo, 'An upload')
    const line = 'Ada,ada@example.com,SE\n'
    // More than a slow machine looks at: it is cancelled.
    await send(page, `name,email,country\n${line.repeat(50_000)}`)
    await everyPanelIs(page, 'An upload', 'running')
    expect(await violations(page)).toEqual([])
    await press(page, 'Cancel')
    await everyPanelIs(page, 'An upload', 'cancelled')
    await send(page, 'name;email\n')
    await everyPanelIs(page, 'An upload', 'failed')
    expect(await violations(page)).toEqual([])
    await send(page, '\0')
    await page.getByRole('alert').filter({ hasText: 'is not a CSV file' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  it('a batch that is cut off, fails with its files listed, runs, and is cancelled', async () => {
    const page = await openPage(demo, 'A batch')
    await press(page, 'Import')
    await everyPanelIs(page, 'A batch', 'running')
    await throughACut(page, 'A batch')
    await everyPanelIs(page, 'A batch', 'failed')
    for (const panel of panels) {
      await page.locator(`[data-batch=${panel}] summary`).click()
      await page.locator(`[data-batch=${panel}] li[data-phase=failed]`).waitFor()
    }
    expect(await violations(page)).toEqual([])
    await press(page, 'Import')
    await everyPanelIs(page, 'A batch', 'running')
    expect(await violations(page)).toEqual([])
    await everyPanelIs(page, 'A batch', 'failed')
    await press(page, 'Import')
    await everyPanelIs(page, 'A batch', 'running')
    await press(page, 'Cancel')
    await everyPanelIs(page, 'A batch', 'cancelled')
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  it('an action that failed', async () => {
    const page = await openPage(demo, 'A job')
    await page.route('**/_api/rpc/**', (route) => route.abort())
    await press(page, 'Export')
    await page.locator('#trouble', { hasText: 'The export did not start' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.close()
  })
})

/** What axe finds in the page as it is now: the rule, the element, and what is wrong with it. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const results = await page.evaluate(() => {
      const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } }
      return axe.run()
    })
    for (const { id, nodes } of results.violations) {
      for (const { target, failureSummary } of nodes) {
        found.push(`${colorScheme}, ${id}: ${target}: ${failureSummary}`)
      }
    }
  }
  return found
}

const cut = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Cut the connection' }).click()

async function throughACut(page: Page, scenario: keyof typeof shown): Promise<void> {
  await cut(page)
  for (const panel of panels) {
    await page.locator(`[data-${shown[scenario]}=${panel}][data-sync=stale]`).waitFor()
  }
  expect(await violations(page)).toEqual([])
  await cut(page)
  await page.locator('#caught-up-text', { hasText: /^Caught up/ }).waitFor()
}

async function send(page: Page, text: string): Promise<void> {
  const field = page.locator('[data-import=vue]').getByLabel('CSV file')
  await field.setInputFiles({ name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await press(page, 'Import')
}
