import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoPage, openDemo, type Panel, panels } from './demo-page.ts'
import { history, untilShown, watchPanels } from './shown.ts'

let demo: DemoPage
let page: Page

beforeAll(async () => {
  demo = await openDemo()
  page = await demo.browser.newPage({ acceptDownloads: true })
  await page.goto(`${demo.url}/#show=upload`)
  await watchPanels(page, 'import')
})
afterAll(() => demo?.close())

describe('the import, in Chromium', () => {
  it('the keyboard sends a file, and every panel follows its import', async () => {
    await slowDown(2_000_000)
    const choosing = page.waitForEvent('filechooser')
    await panelOf('svelte').getByLabel('CSV file').focus()
    await page.keyboard.press('Enter')
    // Browsers differ in the type, or send none: the content counts.
    await (await choosing).setFiles(csvFile(csvOf(10_000, 480), 'application/vnd.ms-excel'))
    await button('svelte', 'Import').waitFor()
    await page.keyboard.press('Tab')
    await page.locator('[data-import=svelte] button.primary:focus').waitFor()
    await page.keyboard.press('Enter')

    const bar = panelOf('svelte').getByRole('progressbar')
    await page.waitForFunction(() => {
      const bar = document.querySelector('[data-import=svelte] [role=progressbar]')
      return /^Sending\. \d\.\d MB of 5\.\d MB$/.test(bar?.ariaValueText ?? '')
    })
    await expect(bar.getAttribute('aria-valuenow')).resolves.toMatch(/^\d+$/)
    await untilShown(page, ({ phase, percent }) => phase === 'running' && Number(percent) > 20)
    await slowDown(-1)
    for (const panel of panels) {
      const bar = panelOf(panel).getByRole('progressbar')
      await expect(bar.getAttribute('aria-valuenow')).resolves.toMatch(/^\d+$/)
      await expect(bar.getAttribute('aria-valuetext')).resolves.toMatch(
        /^Running\. row \d+,\d+ of 10,000$/,
      )
    }
    await untilShown(page, ({ phase }) => phase === 'succeeded')
    for (const panel of panels) await says(panel, '10,000 users imported')

    for (const [panel, shown] of Object.entries(await history(page))) {
      const percentsOf = (wanted: string): number[] =>
        shown.filter(({ phase }) => phase === wanted).map(({ percent }) => Number(percent))
      const [sending, running] = [percentsOf('sending'), percentsOf('running')]
      expect(new Set(running).size, panel).toBeGreaterThanOrEqual(3)
      if (panel === 'svelte') expect(new Set(sending).size).toBeGreaterThanOrEqual(3)
      else expect(sending, panel).toEqual([])
      for (const percents of [sending, running]) {
        expect(percents, `${panel} never goes back`).toEqual([...percents].sort((a, b) => a - b))
      }
    }
    expect(await countUsers()).toBe(10_000)
    expect(await waiting()).toEqual([])
  })

  it('a reload shows it again', async () => {
    await page.reload()
    for (const panel of panels) await says(panel, '10,000 users imported')
  })

  it('imports the sample file of the page', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /sample/i }).click(),
    ])
    const csv = await readFile(await download.path(), 'utf8')
    await demo.query('truncate imported_users')
    await send('vue', csvFile(csv, ''))
    await everybodyIs('running')
    await everybodyIs('succeeded')
    expect(await countUsers()).toBe(10_000)
  })

  describe.each(panels)('in %s', (panel) => {
    it('a cancelled upload leaves nothing behind', async () => {
      const followed = new URL(page.url()).hash
      await slowDown(200_000)
      await send(panel, csvFile(csvOf(10_000, 480)))
      await page.waitForFunction(
        (panel) =>
          Number(document.querySelector<HTMLElement>(`[data-import=${panel}]`)?.dataset.percent) >
          0,
        panel,
      )
      await panelIs(panel, 'sending')
      const failed = page.waitForEvent('requestfailed')
      await button(panel, 'Cancel').click()
      expect((await failed).url()).toContain('/rpc/upload_users/upload')
      await page.locator(`[data-import=${panel}]:not([data-phase=sending])`).waitFor()
      await slowDown(-1)
      expect(new URL(page.url()).hash).toBe(followed)
      expect(await problem(panel).textContent()).toBe('')
      expect(await waiting()).toEqual([])
    })

    it('a cancel while the import runs shows in every panel', async () => {
      await send(panel, csvFile(csvOf(10_000)))
      await everybodyIs('running')
      await button(panel, 'Cancel').click()
      await everybodyIs('cancelled')
      await expect.poll(waiting).toEqual([])
    })

    it('a wrong line is named, and no line is written', async () => {
      await demo.query('truncate imported_users')
      await send(panel, csvFile(`${csvOf(3_000)}Nobody,nowhere,SE\n`))
      await everybodyIs('failed')
      for (const other of panels) await says(other, 'Line 3,002: “nowhere” is not an email address')
      expect(await countUsers()).toBe(0)
      expect(await waiting()).toEqual([])
    })

    it('a refused file shows the reason until the next upload', async () => {
      const problems = problem(panel)
      await send(panel, { ...csvFile(''), buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0]) })
      await problems.filter({ hasText: '“users.csv” is not a CSV file' }).waitFor()
      // The error of the import before is gone: there is one error, the newest.
      expect(await panelOf(panel).locator('.title').innerText()).toBe('Not imported')
      expect(await panelOf(panel).locator('.detail').textContent()).toBe('')
      await send(panel, csvFile(csvOf(10_000, 1_200)))
      await problems.filter({ hasText: 'The file is too large: 10 MB at most.' }).waitFor()
      await send(panel, csvFile('name;email;country\nAda;ada@example.com;SE\n'))
      await everybodyIs('failed')
      await says(panel, 'Line 1 must be name,email,country: it is name;email;country')
      expect(await problems.textContent()).toBe('')
    })
  })

  it('screen readers hear the end', async () => {
    await send('plain', csvFile(csvOf(2)))
    await page
      .locator('[aria-live=polite]')
      .filter({ hasText: 'Import: Completed. 2 users imported' })
      .waitFor({ state: 'attached' })
  })
})

const panelOf = (panel: Panel): Locator => page.locator(`[data-import=${panel}]`)
const problem = (panel: Panel): Locator => panelOf(panel).getByRole('alert')
const button = (panel: Panel, name: string): Locator =>
  panelOf(panel).locator('button[aria-disabled=false]', { hasText: name })
const waiting = (): Promise<string[]> => readdir(join(demo.data, 'imports'))

const says = (panel: Panel, detail: string): Promise<void> =>
  panelOf(panel).locator('.detail', { hasText: detail }).waitFor()
const panelIs = (panel: Panel, phase: string): Promise<void> =>
  page.locator(`[data-import=${panel}][data-phase=${phase}]`).waitFor()

async function everybodyIs(phase: string): Promise<void> {
  for (const panel of panels) await panelIs(panel, phase)
}

async function send(panel: Panel, file: ReturnType<typeof csvFile>): Promise<void> {
  await panelOf(panel).getByLabel('CSV file').setInputFiles(file)
  await button(panel, 'Import').click()
}

/** A CSV of users whose names have `width` letters. */
function csvOf(rows: number, width = 10): string {
  const name = 'A'.padEnd(width, 'a')
  const lines = Array.from({ length: rows }, (_, index) => `${name},u${index}@example.com,SE\n`)
  return `name,email,country\n${lines.join('')}`
}

function csvFile(text: string, mimeType = 'text/csv') {
  return { name: 'users.csv', mimeType, buffer: Buffer.from(text) }
}

async function countUsers(): Promise<number | undefined> {
  const text = 'select count(*)::integer from imported_users'
  return (await demo.query<{ count: number }>(text))[0]?.count
}

/** Limits the page's upload rate in bytes per second; -1 removes the limit. */
async function slowDown(uploadThroughput: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput,
  })
}
