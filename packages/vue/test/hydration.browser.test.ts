import { createFakeClient } from '@headway/core/testing'
import { serverHtml } from '@headway/test-kit/rendering/server-html'
import { expect, it, vi } from 'vitest'
import { createSSRApp } from 'vue'
import { headway } from '../src/index.ts'
import { Page } from './page.ts'

it('what a server rendered is taken over without a warning, then starts and follows', async () => {
  const html = await serverHtml('packages/vue/test/render-page.ts')
  const fake = createFakeClient(
    { workflows: ['verify_account'], queries: { list_users: () => ['Ada'] } },
    { storage: { getItem: () => 'job-1', setItem() {}, removeItem() {} } },
  )
  fake.gateway.createJob({ status: 'running', progress: 40 })
  const warn = vi.spyOn(console, 'warn')
  const error = vi.spyOn(console, 'error')
  const element = document.body.appendChild(document.createElement('main'))
  element.innerHTML = html
  const [before] = element.children
  const shown = (): object => JSON.parse(element.textContent ?? '')
  expect(shown()).toEqual({
    idle: 'idle',
    started: ['starting', true],
    attached: ['queued', true, null],
    remembered: 'idle',
    workflow: ['starting', true],
    users: [true, null],
    runs: [true, 0],
    creation: false,
    connection: 'idle',
  })

  const app = createSSRApp(Page).use(headway(fake.client))
  app.mount(element)
  await expect.poll(shown).toMatchObject({
    started: ['queued', false],
    attached: ['running', false, 40],
    remembered: 'running',
    users: [false, ['Ada']],
    runs: [false, 1],
    connection: 'open',
  })
  expect(element.children[0]).toBe(before)
  expect(warn).not.toHaveBeenCalled()
  expect(error).not.toHaveBeenCalled()
  expect(fake.gateway.count('/rpc/export_users')).toBe(1)
  app.unmount()
})
