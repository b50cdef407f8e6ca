import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { chromiumOptions } from '@headway/test-kit/browser/chromium-options'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildOrUndo } from '../../../packages/gateway/src/teardown.ts'
import { makeDataFolder, run } from '../../backend/test/demo-process.ts'

const hasRedis = spawnSync('redis-server', ['--version']).status === 0 || process.env.REDIS_URL
if (!hasRedis) {
  console.warn(
    'NOT TESTED: the example with BullMQ, without REDIS_URL or redis-server (Debian: redis-server)',
  )
}

describe.skipIf(!hasRedis)('npm run demo:bullmq', () => {
  let url: string
  let browser: Browser
  let close: () => Promise<void> = async () => undefined
  beforeAll(async () => {
    const opened = await buildOrUndo(async ({ defer, run: tearDown }) => {
      const data = await makeDataFolder()
      defer(() => rm(data, { recursive: true, force: true }))
      const example = run(['npm', 'run', 'demo:bullmq'], { PORT: '0', HEADWAY_DATA: data })
      defer(example.stop)
      const [address] = await example.until(/http:\/\/localhost:\d+/)
      const opened = await chromium.launch(await chromiumOptions())
      defer(() => opened.close())
      return { url: address, browser: opened, close: tearDown }
    })
    ;({ url, browser, close } = opened)
  })
  afterAll(() => close())

  const open = async (): Promise<Page> => {
    const page = await browser.newPage()
    await page.goto(url)
    return page
  }
  const film = (page: Page) => page.locator('li').first()
  const statusOf = (page: Page) => () => film(page).getAttribute('data-status')

  it('shows a film grow, on each page, and its file at the end', async () => {
    const [page, other] = [await open(), await open()]
    await page.getByRole('button', { name: 'Transcode' }).click()
    await expect.poll(statusOf(page)).toBe('running')
    const seen = new Set<string | null>()
    await expect
      .poll(async () => {
        seen.add(await film(page).getByRole('progressbar').getAttribute('value'))
        return seen.size
      })
      .toBeGreaterThan(3)
    // In the middle of it: the page has nothing but the id.
    await other.reload()
    await expect.poll(statusOf(other)).toBe('completed')
    await expect.poll(() => film(page).textContent()).toMatch(/completed film-\d+\.mp4/)
    await page.close()
    await other.close()
  })

  it('cancels a film that waits: its queue does not have it any more', async () => {
    const page = await open()
    // The worker has half a minute of work before it, also on a slow machine.
    const others = 60
    await page.evaluate(
      (count) =>
        Promise.all(Array.from({ length: count }, () => fetch('/films', { method: 'POST' }))),
      others,
    )
    await page.reload()
    await expect.poll(() => page.locator('li').count()).toBeGreaterThanOrEqual(others)
    const before = await page.locator('li').count()
    await page.getByRole('button', { name: 'Transcode' }).click()
    await expect.poll(() => page.locator('li').count()).toBe(before + 1)
    const text = (await film(page).textContent())?.match(/Film \d+/)?.[0] ?? ''
    await film(page).getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(statusOf(page)).toBe('cancelled')
    await page.reload()
    await expect.poll(() => page.locator('li').count()).toBe(before)
    expect(await page.locator('main').textContent()).not.toContain(text)
    await page.close()
  })
})
