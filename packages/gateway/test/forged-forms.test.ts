import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromiumOptions } from '@headway/test-kit/browser/chromium-options'
import { type Browser, chromium, type Page } from 'playwright'
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, type Gateway, mutation, UploadedFile } from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

/*
 * A page of another origin, in the browser of somebody who is signed in by a cookie: whatever it can send without
 * asking first, no file of it is taken.
 */

let gateway: Gateway
let pages: Server
let browser: Browser
let page: Page
/** Where a form would go. */
let target: string
/** The names of files that were taken. */
const taken: string[] = []
/** The `Origin` and the cookie of each request that was not a preflight. */
const seen: { origin: string | null; cookie: string | null }[] = []

beforeAll(async () => {
  pages = createServer((request, response) => {
    if (request.url === '/silent') response.setHeader('referrer-policy', 'no-referrer')
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>evil</title>')
  }).listen(0)
  await once(pages, 'listening')
  gateway = await createGateway({
    database: await createDatabase(),
    engine: bullmq(),
    logger: quiet,
    auth: {
      authenticate: async ({ headers }) => {
        const cookie = headers.get('cookie')
        seen.push({ origin: headers.get('origin'), cookie })
        return cookie === 'session=ann' ? { id: 'ann' } : null
      },
    },
    mutations: {
      keep: mutation({
        files: true,
        input: v.object({ file: v.instance(UploadedFile) }),
        run: async ({ input }) => void taken.push(input.file.name),
      }),
    },
  })
  const { url } = await gateway.listen(0)
  const { port } = new URL(url)
  // The same site on another port: even cookies that are `SameSite=Strict` go along.
  target = `http://localhost:${port}/_api/rpc/keep/upload`
  browser = await chromium.launch(await chromiumOptions())
})
beforeEach(async () => {
  taken.length = 0
  seen.length = 0
  const context = await browser.newContext()
  const cookie = { name: 'session', value: 'ann', domain: 'localhost', path: '/' }
  await context.addCookies([{ ...cookie, sameSite: 'Strict' }])
  page = await context.newPage()
})
afterAll(async () => {
  await browser?.close()
  pages?.close()
  await gateway?.close()
})

const visit = (path = '/'): Promise<unknown> =>
  page.goto(`http://localhost:${(pages.address() as AddressInfo).port}${path}`)

/** Sends a form of the page's own, in the frame that it is run in. */
function submit(action: string): void {
  const form = document.createElement('form')
  Object.assign(form, { action, method: 'post', enctype: 'multipart/form-data' })
  const input = document.createElement('input')
  Object.assign(input, { type: 'file', name: 'file' })
  const files = new DataTransfer()
  files.items.add(new File(['id'], 'evil.csv', { type: 'text/csv' }))
  input.files = files.files
  form.append(input)
  document.body.append(form)
  form.submit()
}

it('a form is not taken', async () => {
  await visit()
  await Promise.all([page.waitForURL(target), page.evaluate(submit, target)])
  expect(await page.textContent('body')).toContain('FORBIDDEN')
  expect(seen).toEqual([{ origin: expect.stringMatching(/localhost/), cookie: 'session=ann' }])
  expect(taken).toEqual([])
})

it('nor one of a page that does not say where it is from', async () => {
  await visit('/silent')
  await Promise.all([page.waitForURL(target), page.evaluate(submit, target)])
  expect(await page.textContent('body')).toContain('FORBIDDEN')
  expect(seen).toEqual([{ origin: 'null', cookie: 'session=ann' }])
  expect(taken).toEqual([])
})

it('nor what scripts send without asking, whatever headers they give', async () => {
  await visit()
  await page.evaluate(async (url) => {
    const form = new FormData()
    form.append('file', new File(['id'], 'evil.csv', { type: 'text/csv' }))
    const send = (init: RequestInit) =>
      fetch(url, { method: 'POST', body: form, credentials: 'include', ...init }).catch(() => null)
    const proof = { 'x-forge-platform': 'web', 'x-forge-csrf': '1', authorization: 'Bearer a' }
    await send({ mode: 'no-cors' })
    await send({ mode: 'no-cors', headers: proof })
    // Answered without a word for this origin: the form itself is never sent.
    await send({ headers: proof })
    await send({ mode: 'no-cors', keepalive: true, referrerPolicy: 'no-referrer' })
    navigator.sendBeacon(url, form)
  }, target)
  await expect.poll(() => seen.length).toBe(4)
  expect(seen.every(({ origin, cookie }) => origin !== null && cookie === 'session=ann')).toBe(true)
  expect(taken).toEqual([])
})

it('a program, which is no page, needs no more than to say who it is', async () => {
  const form = new FormData()
  form.append('file', new File(['id'], 'ours.csv', { type: 'text/csv' }))
  const answer = await fetch(target, {
    method: 'POST',
    body: form,
    headers: { cookie: 'session=ann' },
  })
  expect(answer.status).toBe(200)
  expect(taken).toEqual(['ours.csv'])
})
