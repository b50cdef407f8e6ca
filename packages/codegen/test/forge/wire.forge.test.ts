import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Pages, servePages } from './page/open-page.ts'
import { type ForgeServer, startForge } from './server.ts'

/*
 * Our client in a browser, in a page of another origin than the server, which lists that origin. Forge 0.10.2 then
 * lets a page send what its list of headers names, and nothing else.
 */

let pages: Pages
let forge: ForgeServer
const opened: Page[] = []

beforeAll(async () => {
  pages = await servePages()
  forge = await startForge({ env: { CORS_ORIGINS: `"${pages.origin}"` } })
})
afterEach(async () => {
  for (const page of opened.splice(0)) await page.close()
})
afterAll(async () => {
  await pages?.close()
  await forge?.close()
})

/** A page with a client of the server. */
const open = async (
  credentials: RequestCredentials = 'same-origin',
  token = '',
): Promise<{ page: Page; requests: string[]; show: (name: string) => Promise<unknown> }> => {
  const page = await pages.open()
  opened.push(page)
  const requests: string[] = []
  page.on('request', (request) => {
    // Playwright also tells what the browser asks before it sends.
    if (request.method() === 'OPTIONS') return
    if (request.url().startsWith(forge.url)) requests.push(new URL(request.url()).pathname)
  })
  await page.evaluate(
    ([url, mode, first]) => {
      globalThis.token = first
      globalThis.client = headway.createClient({
        url,
        credentials: mode,
        token: () => globalThis.token || null,
        everyUpdate: true,
      })
      views.connection = () => client.connection.getSnapshot()
    },
    [forge.url, credentials, token] as const,
  )
  return { page, requests, show: (name) => page.evaluate((of) => views[of]?.(), name) }
}
type Shown = Awaited<ReturnType<typeof open>>

/** Starts a run, and shows it under its name. */
const start = ({ page }: Shown, kind: 'job' | 'workflow', name: string, args: unknown) =>
  page.evaluate(
    ([what, of, given]) => {
      const run = what === 'job' ? client.start(of, given) : client.startWorkflow(of, given)
      const states: unknown[] = []
      seen[of] = states
      run.subscribe(() => states.push(run.getSnapshot()))
      views[of] = () => run.getSnapshot()
    },
    [kind, name, args] as const,
  )
const call = ({ page }: Shown, name: string, args: unknown): Promise<unknown> =>
  page.evaluate(
    ([of, given]) => client.call(of, given).catch((error: Error & { code: string }) => error.code),
    [name, args] as const,
  )
/** Watches the notes on a topic, under that name. */
const watch = ({ page }: Shown, topic: string) =>
  page.evaluate((of) => {
    const notes = client.watch('list_notes', { topic: of })
    notes.subscribe(() => undefined)
    views[of] = () => notes.getSnapshot()
  }, topic)
/** Has another token ready, which the client asks for with its next request. */
const use = ({ page }: Shown, token: string): Promise<void> =>
  page.evaluate((next) => {
    globalThis.token = next
  }, token)
/** How many streams the page has opened. */
const streamsOf = ({ requests }: Shown): number =>
  requests.filter((path) => path === '/_api/events').length
const idOf = async ({ show }: Shown, name: string, member: string): Promise<unknown> => {
  const shown = (await show(name)) as Record<string, unknown>
  return shown[member]
}

describe.each(['same-origin', 'include'] as const)('with credentials: %s', (credentials) => {
  it('starts a job, and follows it to its end', async () => {
    const shown = await open(credentials)
    await start(shown, 'job', 'export_users', 'csv')
    await expect
      .poll(() => shown.show('export_users'))
      .toMatchObject({
        phase: 'succeeded',
        progress: 100,
        output: { file_format: 'csv', row_count: 10 },
        sync: { status: 'live' },
      })
    const states = await shown.page.evaluate(() => seen.export_users)
    const progress = (states as { progress: number | null }[]).map((state) => state.progress ?? 0)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(progress.some((percent) => percent > 0 && percent < 100)).toBe(true)
  })

  it('uploads files', async () => {
    const shown = await open(credentials)
    const answer = await shown.page.evaluate(async () => {
      const file = (name: string) => new File([`of ${name}`], name, { type: 'text/csv' })
      const upload = headway.createUpload(client, headway.defineMutation('upload_passport'))
      const data = await upload.send({
        front: file('a.csv'),
        back: file('b.csv'),
        valid_until: '2030',
      })
      const called = await client.call('upload_file', { args: file('c.csv') })
      return { data, called, status: upload.getSnapshot().status }
    })
    const received = (name: string) => ({ name, content_type: 'text/csv', text: `of ${name}` })
    expect(answer).toEqual({
      data: [received('a.csv'), received('b.csv'), '2030'],
      called: received('c.csv'),
      status: 'success',
    })
  })
})

it('follows a workflow that waits for an event', async () => {
  const shown = await open()
  await start(shown, 'workflow', 'sign_up', { email_address: 'ada@example.com' })
  await expect.poll(() => shown.show('sign_up')).toMatchObject({ phase: 'waiting' })
  const run_id = await idOf(shown, 'sign_up', 'workflowId')
  await call(shown, 'confirm', { run_id, is_confirmed: true })
  await expect
    .poll(() => shown.show('sign_up'))
    .toMatchObject({
      phase: 'succeeded',
      output: { email_address: 'ada@example.com', is_confirmed: true },
    })
})

it('shows a query again when a mutation has changed its answer', async () => {
  const shown = await open()
  await watch(shown, 'live')
  await expect.poll(() => shown.show('live')).toMatchObject({ data: [] })
  await call(shown, 'add_note', { topic: 'live', text: 'new' })
  await expect
    .poll(() => shown.show('live'))
    .toMatchObject({ data: [{ topic: 'live', text: 'new' }], sync: { status: 'live' } })
})

describe('tokens', () => {
  const sub = crypto.randomUUID()
  const inSecs = (secs: number): number => Math.floor(Date.now() / 1_000) + secs

  it('say who asks; without one the server says no', async () => {
    const shown = await open()
    expect(await call(shown, 'who_am_i', null)).toBe('UNAUTHORIZED')
    await use(shown, forge.jwt({ sub }))
    expect(await call(shown, 'who_am_i', null)).toBe(sub)
    await start(shown, 'job', 'countdown', { seconds: 2 })
    await expect
      .poll(() => shown.show('countdown'))
      .toMatchObject({ phase: 'succeeded', output: 2 })
  })

  it('of the same user are renewed without another stream', async () => {
    const shown = await open('same-origin', forge.jwt({ sub, exp: inSecs(600) }))
    await watch(shown, 'renewed')
    await expect.poll(() => shown.show('renewed')).toMatchObject({ data: [] })
    await use(shown, forge.jwt({ sub, exp: inSecs(1_200) }))
    await call(shown, 'add_note', { topic: 'renewed', text: 'a' })
    await expect.poll(() => shown.show('renewed')).toMatchObject({ data: [{ text: 'a' }] })
    expect(streamsOf(shown)).toBe(1)
  })

  it('that end make a query stale, until Forge ends the stream and the page has another one', async () => {
    const shown = await open('same-origin', forge.jwt({ sub, exp: inSecs(3) }))
    await watch(shown, 'ended')
    await expect
      .poll(() => shown.show('ended'))
      .toMatchObject({ data: [], sync: { status: 'live' } })
    await use(shown, forge.jwt({ sub, exp: inSecs(600) }))
    await expect
      .poll(() => shown.show('ended'))
      .toMatchObject({ sync: { status: 'stale', reason: 'token_expired' } })
    expect(streamsOf(shown)).toBe(1)
    await call(shown, 'add_note', { topic: 'ended', text: 'a' })
    await expect
      .poll(() => shown.show('ended'), { timeout: 90_000 })
      .toMatchObject({ data: [{ text: 'a' }], sync: { status: 'live' } })
    expect(streamsOf(shown)).toBe(2)
    await call(shown, 'add_note', { topic: 'ended', text: 'b' })
    await expect
      .poll(() => shown.show('ended'))
      .toMatchObject({ data: [{ text: 'a' }, { text: 'b' }] })
  })

  it('of another user move the page to another stream', async () => {
    const shown = await open('same-origin', forge.jwt({ sub }))
    await watch(shown, 'moved')
    await expect.poll(() => shown.show('moved')).toMatchObject({ data: [] })
    const other = crypto.randomUUID()
    await use(shown, forge.jwt({ sub: other }))
    expect(await call(shown, 'who_am_i', null)).toBe(other)
    await expect.poll(() => streamsOf(shown)).toBe(2)
    await call(shown, 'add_note', { topic: 'moved', text: 'a' })
    await expect.poll(() => shown.show('moved')).toMatchObject({ data: [{ text: 'a' }] })
  })
})

it('killed and started again, everything is registered anew, and what goes on ends right', async () => {
  const shown = await open()
  await watch(shown, 'killed')
  await start(shown, 'workflow', 'sign_up', { email_address: 'ada@example.com' })
  await start(shown, 'job', 'hold_seat', '7a')
  await expect.poll(() => shown.show('killed')).toMatchObject({ data: [] })
  await expect.poll(() => shown.show('sign_up')).toMatchObject({ phase: 'waiting' })
  await expect
    .poll(() => shown.show('hold_seat'))
    .toMatchObject({ phase: 'running', message: 'holding 7a' })

  await forge.kill()
  await expect
    .poll(() => shown.show('hold_seat'))
    .toMatchObject({ phase: 'running', sync: { status: 'stale', reason: 'network' } })
  expect(await shown.show('connection')).not.toMatchObject({ status: 'open' })
  await forge.start()
  await expect.poll(() => shown.show('connection')).toMatchObject({ status: 'open', attempt: 0 })
  for (const name of ['killed', 'sign_up', 'hold_seat']) {
    expect(await shown.show(name)).toMatchObject({ sync: { status: 'live' } })
  }

  await call(shown, 'add_note', { topic: 'killed', text: 'kept' })
  await expect.poll(() => shown.show('killed')).toMatchObject({ data: [{ text: 'kept' }] })
  const run_id = await idOf(shown, 'sign_up', 'workflowId')
  await call(shown, 'confirm', { run_id, is_confirmed: true })
  await expect.poll(() => shown.show('sign_up')).toMatchObject({ phase: 'succeeded' })
  // A job whose worker was killed stays as it is until Forge takes it for dead, five minutes later. Asked to end, it
  // says so at once.
  expect(await shown.show('hold_seat')).toMatchObject({ phase: 'running' })
  const job_id = await idOf(shown, 'hold_seat', 'jobId')
  expect(await call(shown, 'cancel', { job_id, reason: 'enough' })).toBe(true)
  await expect.poll(() => shown.show('hold_seat')).toMatchObject({ status: 'cancel_requested' })
})

it('one session too many is named, and had once the server has given up another', async () => {
  const token = forge.jwt({ sub: crypto.randomUUID() })
  const lost: Shown[] = []
  // A Forge has ten for a user, and keeps those of pages that are gone.
  for (let count = 0; count < 10; count += 1) {
    const shown = await open('same-origin', token)
    await watch(shown, 'full')
    await expect.poll(() => shown.show('full')).toMatchObject({ data: [] })
    lost.push(shown)
    if (count > 0) await shown.page.close()
  }
  const last = await open('same-origin', token)
  await watch(last, 'full')
  await expect
    .poll(() => last.show('connection'))
    .toMatchObject({ status: 'waiting', reason: 'too_many_sessions' })
  expect(await last.show('full')).toMatchObject({ sync: { reason: 'too_many_sessions' } })
  // A push to a page that is gone is how the server comes to know.
  await call(last, 'add_note', { topic: 'full', text: 'a' })
  await expect
    .poll(() => last.show('full'))
    .toMatchObject({ data: [{ text: 'a' }], sync: { status: 'live' } })
})
