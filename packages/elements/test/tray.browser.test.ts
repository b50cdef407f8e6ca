import { createFakeClient } from '@headway/core/testing'
import { describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { HeadwayTray } from '../src/index.ts'
import { add, fake, part, partsOf, shows, textOf, textsOf } from './support/page.ts'

const users = () =>
  fake.gateway.createJob({ status: 'running', progress: 40 }, { title: 'Users', tags: ['a'] })
    .job_id

const button = (tray: HeadwayTray, name: string): HTMLElement => {
  const found = [...partsOf(tray, 'button')].find((one) => one.ariaLabel === name && !one.hidden)
  if (!found) throw new Error(`There is no button "${name}"`)
  return found
}

const focused = (tray: HeadwayTray) => tray.shadowRoot?.activeElement

describe('the runs', () => {
  it('are counted while it is minimised, and shown when it is opened', async () => {
    const id = users()
    fake.gateway.createJob({ status: 'failed', error: 'no disk' }, { name: 'import_users' })
    const tray = add('headway-tray')
    await shows(tray, 'count', '1')
    expect(part(tray, 'toggle').getAttribute('aria-description')).toBe('under way: 1')
    expect(part(tray, 'panel').hidden).toBe(true)
    part(tray, 'toggle').click()
    expect(tray.open).toBe(true)
    await expect.poll(() => textsOf(tray, 'title')).toEqual(['Users', 'import users'])
    expect(textsOf(tray, 'status')).toEqual(['Running', 'Failed'])
    fake.gateway.update(id, { progress: 60 })
    await shows(tray, 'number', '60%')
    fake.gateway.update(id, { status: 'completed' })
    await shows(tray, 'count', '')
    await shows(tray, 'announcer', 'Users, Done')
  })

  it('are those of the filter', async () => {
    users()
    fake.gateway.createJob({ status: 'running' }, { title: 'Other' })
    const tray = add('headway-tray', { open: '' }, { filter: { tag: 'a' } })
    await expect.poll(() => textsOf(tray, 'title')).toEqual(['Users'])
    tray.filter = {}
    await expect.poll(() => textsOf(tray, 'title')).toEqual(['Other', 'Users'])
  })

  it('are as many as asked for, and more on a click', async () => {
    for (const title of ['A', 'B', 'C']) fake.gateway.createJob({ status: 'failed' }, { title })
    const tray = add('headway-tray', { open: '', recent: '2' })
    await expect.poll(() => textsOf(tray, 'title')).toEqual(['C', 'B'])
    part(tray, 'more').click()
    await expect.poll(() => textsOf(tray, 'title')).toEqual(['C', 'B', 'A'])
    expect(part(tray, 'more').hidden).toBe(true)
  })

  it('are none, or cannot be read', async () => {
    const tray = add('headway-tray', { open: '' })
    expect(textOf(tray, 'empty')).toBe('Loading')
    await shows(tray, 'empty', 'Nothing here yet')
    const { client } = createFakeClient({ capabilities: [] })
    tray.client = client
    await shows(tray, 'notice', 'The list cannot be read')
    client.close()
  })

  it('may be out of date while the connection is lost, and do not look failed', async () => {
    users()
    const tray = add('headway-tray', { open: '' })
    await shows(tray, 'status', 'Running')
    fake.gateway.goOffline()
    await shows(tray, 'notice', 'May be out of date')
    expect(part(tray, 'row').dataset).toMatchObject({ phase: 'running', sync: 'stale' })
    expect(textOf(tray, 'count')).toBe('1')
  })

  it('are followed only in a page', async () => {
    users()
    const tray = add('headway-tray')
    await shows(tray, 'count', '1')
    tray.remove()
    await fake.advance(1_000)
    expect(fake.gateway.registrations()).toEqual([])
  })
})

describe('a run', () => {
  it('is cancelled, and run again', async () => {
    const id = users()
    const tray = add('headway-tray', { open: '' })
    await shows(tray, 'status', 'Running')
    button(tray, 'Cancel: Users').focus()
    button(tray, 'Cancel: Users').click()
    await shows(tray, 'status', 'Cancelled')
    // Its button is gone, and the focus stays at the run.
    expect(focused(tray)).toBe(part(tray, 'row'))
    button(tray, 'Try again: Users').click()
    await expect.poll(() => fake.gateway.run(id).status).toBe('pending')
    await shows(tray, 'status', 'Queued')
  })

  it('says why the server refused', async () => {
    users()
    const tray = add('headway-tray', { open: '' })
    await shows(tray, 'status', 'Running')
    fake.gateway.intercept(({ path }) => (path.endsWith('cancel') ? refusal() : undefined))
    button(tray, 'Cancel: Users').click()
    await expect.poll(() => textOf(tray, 'error')).toMatch(/^Cancel failed: .*not yours/)
  })

  it('has a download, if the page has its address', async () => {
    const output = { url: '/users.csv' }
    fake.gateway.createJob({ status: 'completed', output }, { title: 'Users' })
    const tray = add('headway-tray', { open: '' })
    await shows(tray, 'title', 'Users')
    expect(part(tray, 'download').hidden).toBe(true)
    tray.download = ({ view }) => (view.output as typeof output).url
    const link = button(tray, 'Download: Users')
    expect(link.getAttribute('href')).toBe(new URL('/users.csv', document.baseURI).href)
    const taken = vi.fn((event: CustomEvent<{ id: string }>) => event.preventDefault())
    tray.addEventListener('headway-download', taken)
    link.click()
    expect(taken.mock.calls[0]?.[0].detail.id).toBe('job-1')
    tray.download = () => 'javascript:alert(1)'
    expect(part(tray, 'download').hidden).toBe(true)
  })

  it('keeps the focus when it moves, or leaves it to the list', async () => {
    const old = fake.gateway.createJob({ status: 'failed' }, { title: 'Old' }).job_id
    users()
    const first = fake.gateway.createJob({ status: 'running' }, { title: 'First' }).job_id
    const tray = add('headway-tray', { open: '' })
    await expect.poll(() => textsOf(tray, 'title')).toEqual(['First', 'Users', 'Old'])
    button(tray, 'Cancel: Users').focus()
    fake.gateway.update(first, { status: 'completed' })
    await expect.poll(() => textsOf(tray, 'title')).toEqual(['Users', 'First', 'Old'])
    expect(focused(tray)).toBe(button(tray, 'Cancel: Users'))
    button(tray, 'Try again: Old').focus()
    fake.gateway.forget(old)
    await expect.poll(() => textsOf(tray, 'title')).toEqual(['Users', 'First'])
    expect(focused(tray)).toBe(part(tray, 'list'))
  })

  it('stays when its end does not make it one of the newest that have ended', async () => {
    const long = users()
    for (const title of ['A', 'B']) fake.gateway.createJob({ status: 'failed' }, { title })
    const tray = add('headway-tray', { open: '', recent: '2' })
    await expect.poll(() => textsOf(tray, 'title')).toEqual(['Users', 'B', 'A'])
    await fake.advance(1_000)
    fake.gateway.update(long, { status: 'failed', error: 'no disk' })
    await expect.poll(() => textsOf(tray, 'status')).toEqual(['Failed', 'Failed', 'Failed'])
    await fake.advance(1_000)
    expect(textsOf(tray, 'title')).toEqual(['Users', 'B', 'A'])
    button(tray, 'Try again: Users').click()
    await shows(tray, 'status', 'Queued')
    tray.remove()
    await fake.advance(1_000)
    expect(fake.gateway.registrations()).toEqual([])
  })
})

describe('keys', () => {
  it('open it, reach what is in it, and close it', async () => {
    users()
    const tray = add('headway-tray')
    await shows(tray, 'count', '1')
    const toggle = part(tray, 'toggle')
    await userEvent.keyboard('{Tab}')
    expect(focused(tray)).toBe(toggle)
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => toggle.ariaExpanded).toBe('true')
    await userEvent.keyboard('{Tab}{Tab}')
    expect(focused(tray)).toBe(button(tray, 'Cancel: Users'))
    expect(getComputedStyle(button(tray, 'Cancel: Users')).outlineStyle).toBe('solid')
    await userEvent.keyboard('{Escape}')
    expect(tray.open).toBe(false)
    expect(focused(tray)).toBe(toggle)
  })
})

function refusal(): Response {
  const error = { code: 'FORBIDDEN', message: 'This run is not yours' }
  return Response.json({ success: false, error }, { status: 403 })
}
