import { createFakeGateway } from '@headway/core/testing'
import { flushSync, mount, unmount } from 'svelte'
import { expect, it } from 'vitest'
import { auth } from '../expected/full_app_with_auth/camel/svelte/auth.svelte.ts'
import Layout from './layout.svelte'
import { todo } from './todo.ts'

it('a page of Forge: an old token is renewed by the mutation of the app, then it shows what there is', async () => {
  const gateway = createFakeGateway({
    queries: { list_my_todos: () => [todo] },
    mutations: {
      refresh: () => ({ access_token: 'new', refresh_token: 'r2' }),
      create_todo: () =>
        Response.json(
          { success: false, error: { code: 'VALIDATION_ERROR', message: 'Give it a title' } },
          { status: 400 },
        ),
    },
    isAllowed: (token) => token !== 'old',
  })
  auth.setAuth('old', 'r1', { id: 'u1', email: 'ada@example.com' })
  const target = document.body.appendChild(document.createElement('main'))
  const page = mount(Layout, { target, props: { fetch: gateway.fetch } })
  const text = (): string => {
    flushSync()
    return target.textContent?.replace(/\s+/g, ' ').trim() ?? ''
  }
  expect(text()).toBe('loading Add')
  await expect.poll(text).toBe('Write of u1 Add')
  expect(auth).toMatchObject({ token: 'new', refreshToken: 'r2' })
  const asked = gateway.requests.filter(({ path }) => path === '/rpc/refresh')
  expect(asked.map(({ body }) => body)).toEqual([{ args: { refresh_token: 'r1' } }])
  target.querySelector('button')?.click()
  await expect.poll(text).toBe('Write of u1 Add Give it a title')
  auth.clearAuth()
  void unmount(page)
  target.remove()
})
