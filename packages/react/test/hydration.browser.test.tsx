import { createFakeClient } from '@headway/core/testing'
import { serverHtml } from '@headway/test-kit/rendering/server-html'
import { hydrateRoot } from 'react-dom/client'
import { afterEach, expect, it, vi } from 'vitest'
import { HeadwayProvider } from '../src/index.ts'
import { Page } from './page.tsx'

afterEach(() => vi.restoreAllMocks())

it('what a server rendered is taken over without a warning, then starts and follows', async () => {
  const html = await serverHtml('packages/react/test/render-page.tsx')
  const fake = createFakeClient(
    { workflows: ['verify_account'], queries: { list_users: () => ['Ada'] } },
    { storage: { getItem: () => 'job-1', setItem() {}, removeItem() {} } },
  )
  fake.gateway.createJob({ status: 'running', progress: 40 })
  const warn = vi.spyOn(console, 'error')
  const troubles: unknown[] = []
  const element = document.createElement('main')
  document.body.append(element)
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

  const root = hydrateRoot(
    element,
    <HeadwayProvider client={fake.client}>
      <Page />
    </HeadwayProvider>,
    { onRecoverableError: (error) => troubles.push(error) },
  )
  await expect.poll(shown).toMatchObject({
    started: ['queued', false],
    attached: ['running', false, 40],
    remembered: 'running',
    users: [false, ['Ada']],
    runs: [false, 1],
    connection: 'open',
  })
  expect(element.children[0]).toBe(before)
  expect(troubles).toEqual([])
  expect(warn).not.toHaveBeenCalled()
  expect(fake.gateway.count('/rpc/export_users')).toBe(1)
  root.unmount()
})
