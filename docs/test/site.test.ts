import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dist, openSite, type Site } from './support/open-site.ts'
import { violations } from './support/violations.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.html') && path !== '404.html')
  .sort()
const html = (page: string): string => readFileSync(join(dist, page), 'utf8')

/** Pages of one template: one of them is looked at for all. */
const alike = /^(errors|api)\//
const ofTemplates = [
  'errors/UNAUTHORIZED.html',
  'errors/classes/StartFailed.html',
  'api/index.html',
  'api/@headway/core/testing.html',
]
const looked = [...pages.filter((page) => !alike.test(page)), ...ofTemplates]

/** Those that are looked at in dark, too. */
const dark = ['index.html', 'first-job.html', 'overview.html', 'workflows.html', ...ofTemplates]

describe('axe finds nothing to complain about', () => {
  it.each(looked)('in %s', async (page) => {
    expect(await violationsIn(page, 'light')).toEqual([])
  })

  it.each(dark)('in %s, in dark', async (page) => {
    expect(await violationsIn(page, 'dark')).toEqual([])
  })
})

it('every link of the site leads to a file of it', () => {
  const broken = pages.flatMap((page) =>
    [...html(page).matchAll(/(?:href|src)="(\/[^"#?]*)/g)].flatMap(([, link = '']) =>
      existsSync(join(dist, link.endsWith('/') ? `${link}index.html` : decodeURI(link)))
        ? []
        : [`${page}: ${link}`],
    ),
  )
  expect(broken).toEqual([])
})

it('llms.txt leads to the text of each page, and llms-full.txt has the guides', () => {
  const index = readFileSync(join(dist, 'llms.txt'), 'utf8')
  const links = [...index.matchAll(/\]\((\/[^)]+)\)/g)].map(([, link = '']) => link)
  expect(links.length).toBeGreaterThan(30)
  expect(links.filter((link) => !existsSync(join(dist, link)))).toEqual([])
  expect(readFileSync(join(dist, 'llms-full.txt'), 'utf8')).toContain('# Your first job')
})

it('no page loads anything from another site', async () => {
  const opened = await site.browser.newPage()
  const elsewhere: string[] = []
  opened.on('request', (request) => {
    if (!request.url().startsWith(site.url)) elsewhere.push(request.url())
  })
  await opened.goto(`${site.url}/first-job.html`, { waitUntil: 'networkidle' })
  await opened.goto(`${site.url}/`, { waitUntil: 'networkidle' })
  expect(elsewhere).toEqual([])
  await opened.close()
})

describe('without JavaScript', () => {
  it('a page can be read, with the code of every framework', async () => {
    const context = await site.browser.newContext({ javaScriptEnabled: false })
    const opened = await context.newPage()
    await opened.goto(`${site.url}/first-job.html`)
    await opened.getByRole('heading', { level: 1, name: 'Your first job' }).waitFor()
    for (const text of ['export default function App', '<script setup', '$job.isActive']) {
      expect(await opened.getByText(text).first().isVisible()).toBe(true)
    }
    expect(await opened.getByRole('link', { name: 'Workflows' }).first().isVisible()).toBe(true)
    await context.close()
  })

  it('an example says that it needs it', async () => {
    const context = await site.browser.newContext({ javaScriptEnabled: false })
    const opened = await context.newPage()
    await opened.goto(`${site.url}/`)
    await opened.locator('noscript p', { hasText: 'needs JavaScript' }).waitFor()
    await context.close()
  })
})

async function violationsIn(path: string, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const page = await site.browser.newPage({ reducedMotion: 'reduce', colorScheme })
  await page.goto(`${site.url}/${path}`)
  const found = await violations(page)
  await page.close()
  return found
}
