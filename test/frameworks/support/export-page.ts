import type { Page } from 'playwright'
import { expect } from 'vitest'
import { query } from '../../../packages/gateway/test/support/database.ts'
import type { BrowserPage } from './browser-page.ts'
import { heldRows } from './held-job.ts'

/** Drives the page that every example has: a button that exports, a bar, and a line of text. */

const phaseOf = (page: Page) => page.locator('[data-phase]').getAttribute('data-phase')
const progressOf = (page: Page) =>
  page.locator('[data-phase] progress').evaluate((bar: HTMLProgressElement) => bar.value)
/** The id that `persist` keeps for a reload. */
const keptId = (page: Page) => page.evaluate(() => localStorage.getItem('headway::export'))

/** What a server sends before any script runs. */
export async function expectServerRendered(url: string): Promise<void> {
  const html = await (await fetch(url)).text()
  expect(html).toMatch(/<section[^>]* data-phase="idle"/)
  expect(html).toMatch(/<button[^>]*>\s*Export\s*<\/button>/)
}

/** Clicks twice, as soon as the page listens. */
export async function startExport(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      if ((await phaseOf(page)) === 'idle') await page.locator('[data-phase] button').dblclick()
      return phaseOf(page)
    })
    .not.toBe('idle')
}

/** Reloads the page in the middle of the export, where it is held: it is shown again. */
export async function reloadMidway(page: Page): Promise<void> {
  await expect.poll(() => progressOf(page)).toBe(heldRows)
  const id = await keptId(page)
  await page.reload()
  await expect.poll(() => progressOf(page)).toBe(heldRows)
  expect(await phaseOf(page)).toBe('running')
  expect(await keptId(page)).toBe(id)
}

/** Waits for the end of the export, and for the name of its file. */
export async function expectSucceeded(page: Page): Promise<void> {
  await expect.poll(() => phaseOf(page)).toBe('succeeded')
  expect(await page.locator('[data-phase] p').textContent()).toMatch(/^[0-9a-f-]{36}\.csv$/)
}

/** What a browser says of a server that is away for a moment. */
const isAway = /net::ERR_|\b50[23]\b/

/**
 * Waits for the end: one run in the database, its output in the page, and no trouble.
 *
 * @param wasAway the server has been away: what the browser says about that is no trouble
 */
export async function expectOneExport(
  { page, troubles }: BrowserPage,
  database: string,
  wasAway = false,
): Promise<void> {
  await expectSucceeded(page)
  const runs = await query<{ id: string }>(database, 'select id, name, status from headway.run')
  expect(runs).toEqual([{ id: expect.any(String), name: 'export_users', status: 'completed' }])
  expect(await page.locator('[data-phase] p').textContent()).toBe(`${runs[0]?.id}.csv`)
  expect(troubles.filter((text) => !(wasAway && isAway.test(text)))).toEqual([])
}

/** The numbers of gateways and workers at a database. */
export async function countServers(database: string): Promise<unknown> {
  const [counts] = await query(
    database,
    `select count(*) filter (where application_name = 'headway:headway_cancel')::int as workers,
            count(*) filter (where application_name = 'headway:headway_run')::int as gateways
       from pg_stat_activity where datname = current_database()`,
  )
  return counts
}
