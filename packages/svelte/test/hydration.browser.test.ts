import { createFakeClient } from '@headway/core/testing'
import { serverHtml } from '@headway/test-kit/rendering/server-html'
import { hydrate, unmount } from 'svelte'
import { expect, it, vi } from 'vitest'
import Page from './page/page.svelte'

it('what a server rendered is taken over without a warning, then starts and follows', async () => {
  const html = await serverHtml('packages/svelte/test/render-page.ts')
  const fake = createFakeClient({
    workflows: ['verify_account'],
    queries: { list_users: () => ['Ada'] },
  })
  fake.gateway.createJob({ status: 'running', progress: 40 })
  const warn = vi.spyOn(console, 'warn')
  const error = vi.spyOn(console, 'error')
  const target = document.body.appendChild(document.createElement('main'))
  target.innerHTML = html
  const before = target.querySelector('output')
  const shown = (): object => JSON.parse(target.textContent ?? '')
  expect(shown()).toEqual({
    idle: 'idle',
    started: ['starting', true],
    store: ['pending', true],
    attached: ['queued', true, null],
    workflow: ['starting', true],
    users: [true, null],
    runs: [true, 0],
    creation: false,
    connection: 'idle',
  })

  const page = hydrate(Page, { target, props: { client: fake.client } })
  await expect.poll(shown).toMatchObject({
    started: ['queued', false],
    store: ['pending', false],
    attached: ['running', false, 40],
    users: [false, ['Ada']],
    runs: [false, 2],
    connection: 'open',
  })
  expect(target.querySelector('output')).toBe(before)
  expect(warn).not.toHaveBeenCalled()
  expect(error).not.toHaveBeenCalled()
  expect(fake.gateway.count('/rpc/export_users')).toBe(2)
  await unmount(page)
})
