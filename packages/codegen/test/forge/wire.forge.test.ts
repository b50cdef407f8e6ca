import { describe, expect, it } from 'vitest'
import { useForgePages } from './page/pages.ts'
import { call, memberOf, type ShownPage, start, watch } from './page/shown-page.ts'

/*
 * Our client in a browser, in a page of another origin than the server, which lists that origin.
 * Forge 0.10.2 lets such a page send the headers in its list, and no other.
 */

const { open, server } = useForgePages()

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
      const called = await client.call(headway.defineMutation('upload_file'), {
        args: file('c.csv'),
      })
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
  const run_id = await memberOf(shown, 'sign_up', 'workflowId')
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

  await server().kill()
  await expect
    .poll(() => shown.show('hold_seat'))
    .toMatchObject({ phase: 'running', sync: { status: 'stale', reason: 'network' } })
  expect(await shown.show('connection')).not.toMatchObject({ status: 'open' })
  await server().start()
  await expect.poll(() => shown.show('connection')).toMatchObject({ status: 'open', attempt: 0 })
  for (const name of ['killed', 'sign_up', 'hold_seat']) {
    expect(await shown.show(name)).toMatchObject({ sync: { status: 'live' } })
  }

  await call(shown, 'add_note', { topic: 'killed', text: 'kept' })
  await expect.poll(() => shown.show('killed')).toMatchObject({ data: [{ text: 'kept' }] })
  const run_id = await memberOf(shown, 'sign_up', 'workflowId')
  await call(shown, 'confirm', { run_id, is_confirmed: true })
  await expect.poll(() => shown.show('sign_up')).toMatchObject({ phase: 'succeeded' })
  // A job whose worker was killed stays as it is until Forge takes it for dead, five minutes later.
  // Asked to end, it
  // says so at once.
  expect(await shown.show('hold_seat')).toMatchObject({ phase: 'running' })
  const job_id = await memberOf(shown, 'hold_seat', 'jobId')
  expect(await call(shown, 'cancel', { job_id, reason: 'enough' })).toBe(true)
  await expect.poll(() => shown.show('hold_seat')).toMatchObject({ status: 'cancel_requested' })
})

it('one session too many is named, and had once the server has given up another', async () => {
  const token = server().jwt({ sub: crypto.randomUUID() })
  const lost: ShownPage[] = []
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
