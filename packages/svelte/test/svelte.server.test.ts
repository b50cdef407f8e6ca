import { createClient } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { render } from 'svelte/server'
import { expect, it, vi } from 'vitest'
import { createJobStore, createQueryStore, setClient } from '../src/index.ts'
import Page from './page/page.svelte'
import ProgressBar from './seed/progress-bar.svelte'

it('one client for all requests: it asks nobody, and shows what is idle or loads', async () => {
  const { client, gateway, settled } = createFakeClient()
  const first = render(Page, { props: { client } }).body
  expect(render(Page, { props: { client } }).body).toBe(first)
  expect(first).toContain('starting')
  await settled()
  expect(gateway.requests).toEqual([])
  client.close()
})

it('a page without a client of its own renders as well: its templates need none', () => {
  expect(render(ProgressBar).body).not.toContain('progress-bar')
})

it('stores give the state before anything was asked, and say nothing else', () => {
  const run = vi.fn()
  createJobStore('export_users', {}).subscribe(run)()
  createQueryStore('list_users', {}).subscribe(run)()
  expect(run.mock.calls).toEqual([
    [expect.objectContaining({ status: 'pending', loading: true, jobId: '' })],
    [{ loading: true, data: null, error: null }],
  ])
})

it('refuses a client for everybody', () => {
  const client = createClient({ url: 'http://server' })
  expect(() => setClient(client)).toThrow('mix users')
})
