import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, type Site } from './support/open-site.ts'
import { violations } from './support/violations.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

describe('the job in the page', () => {
  it('stays as it was while the line is cut, says so, and is done after it', async () => {
    const { page, example } = await openExample('', 'job')
    await press(example, 'Export users')
    await is(example, 'phase=running', 'sync=live', 'connection=open')
    await press(example, 'Cut the line')
    await is(example, 'phase=running', 'sync=stale')
    await example.getByText('may be out of date').waitFor()
    await example.getByText('sync: live → stale').waitFor()
    expect(await violations(page)).toEqual([])
    await press(example, 'Mend the line')
    await is(example, 'phase=succeeded', 'sync=live')
    await page.close()
  })

  it('runs again when its worker is killed', async () => {
    const { page, example } = await openExample('', 'job')
    await press(example, 'Export users')
    await is(example, 'phase=running', 'attempt=1')
    await press(example, 'Kill the worker')
    await is(example, 'phase=running', 'attempt=2')
    await example.getByText('worker: another one took over').waitFor()
    await is(example, 'phase=succeeded')
    await page.close()
  })

  it('is found again after a reload', async () => {
    const { page, example } = await openExample('', 'job')
    await press(example, 'Export users')
    await is(example, 'phase=running', 'sync=live')
    await press(example, 'Reload the page')
    await example.getByText('page: reloaded').waitFor()
    await is(example, 'phase=running', 'sync=live')
    await is(example, 'phase=succeeded')
    await page.close()
  })
})

it('the workflow in the page goes on with the step that is not done', async () => {
  const { page, example } = await openExample('workflows.html', 'workflow')
  await press(example, 'Verify an account')
  await example.getByText('create_account: running').waitFor()
  await press(example, 'Kill the worker')
  await example.getByText('worker: another one took over').waitFor()
  await is(example, 'phase=waiting')
  await example.getByText('create_account: completed').waitFor()
  await press(example, 'Reload the page')
  await is(example, 'phase=waiting', 'sync=live')
  await press(example, 'Click the link in the mail')
  await is(example, 'phase=succeeded')
  await page.close()
})

async function openExample(path: string, kind: string): Promise<{ page: Page; example: Locator }> {
  const page = await site.browser.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.once('close', () => expect(errors).toEqual([]))
  await page.goto(`${site.url}/${path}`)
  return { page, example: page.locator(`[data-live=${kind}]`) }
}

const press = (example: Locator, name: string): Promise<void> =>
  example.getByRole('button', { name }).click()

/** Waits until the example is in this state. */
const is = (example: Locator, ...state: string[]): Promise<void> =>
  example
    .and(
      example
        .page()
        .locator(state.map((word) => `[data-${word.replace(/=(.*)/, '="$1"')}]`).join('')),
    )
    .waitFor()
