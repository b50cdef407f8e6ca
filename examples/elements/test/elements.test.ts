import { rm } from 'node:fs/promises'
import { chromiumOptions } from '@headway/test-kit/browser/chromium-options'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildOrUndo } from '../../../packages/gateway/src/teardown.ts'
import { makeDataFolder, run } from '../../backend/test/demo-process.ts'

let url: string
let browser: Browser
let close: () => Promise<void> = async () => undefined
beforeAll(async () => {
  const opened = await buildOrUndo(async ({ defer, run: tearDown }) => {
    const data = await makeDataFolder()
    defer(() => rm(data, { recursive: true, force: true }))
    const example = run(['npm', 'run', 'demo:elements'], { PORT: '0', HEADWAY_DATA: data })
    defer(example.stop)
    const [address] = await example.until(/http:\/\/localhost:\d+/)
    const opened = await chromium.launch(await chromiumOptions())
    defer(() => opened.close())
    return { url: address, browser: opened, close: tearDown }
  })
  ;({ url, browser, close } = opened)
})
afterAll(() => close())

const open = async (path: string): Promise<Page> => {
  const page = await browser.newPage()
  await page.goto(`${url}/${path}`)
  return page
}
/** The bar of the run that was started last. Locators see into shadow roots. */
const bar = (page: Page) => page.locator('main').getByRole('progressbar').first()
const textOf = (page: Page) => () => bar(page).getAttribute('aria-valuetext')
const start = (page: Page) => page.getByRole('button', { name: 'Export' }).click()

describe.each([
  ['plain HTML', ''],
  ['htmx', 'htmx.html'],
  ['Angular', 'angular.html'],
])('the page in %s', (_, path) => {
  it('shows an export from its start to its end', async () => {
    const page = await open(path)
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    await start(page)
    await expect.poll(textOf(page)).toMatch(/^Running, \d+%, \d+ of 100 rows$/)
    await page.getByText('Connected').waitFor()
    await expect.poll(textOf(page)).toBe('Done')
    expect(errors).toEqual([])
    await page.close()
  })
})

it('htmx: each swapped in element follows its own run', async () => {
  const page = await open('htmx.html')
  const before = await page.locator('main headway-progress').count()
  await start(page)
  await start(page)
  await expect.poll(() => page.locator('main headway-progress').count()).toBe(before + 2)
  for (const one of await page.locator('main').getByRole('progressbar').all()) {
    await expect.poll(() => one.getAttribute('aria-valuetext')).toBe('Done')
  }
  await page.close()
})

it('the tray has the runs of all pages, cancels them, and has their files', async () => {
  const page = await open('')
  await start(page)
  await page.getByRole('button', { name: /^Runs/ }).click()
  await page.getByRole('button', { name: 'Cancel: Export of users' }).click()
  await expect.poll(textOf(page)).toMatch(/^Cancelled/)
  await page.getByRole('button', { name: 'Try again: Export of users' }).first().click()
  await expect.poll(textOf(page)).toBe('Done')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download: Export of users' }).first().click()
  expect((await download).suggestedFilename()).toMatch(/\.csv$/)
  await page.close()
})
