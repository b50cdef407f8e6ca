import { createFakeGateway } from '@headway/core/testing'
import { render } from 'svelte/server'
import { expect, it, vi } from 'vitest'
import { createAuth } from '../../src/forge/index.ts'
import Provided from './provided.svelte'
import SignedIn from './signed-in.svelte'
import Users from './users.svelte'

it('a page below <ForgeProvider> loads, and nobody is asked', async () => {
  const gateway = createFakeGateway({ queries: { list_users: () => ['Ada'] } })
  const props = { page: Users, url: 'http://fake', fetch: gateway.fetch }
  const { body } = await render(Provided, { props })
  expect(body).toContain('loading')
  expect(gateway.requests).toEqual([])
})

it('nobody is signed in on a server', async () => {
  const auth = createAuth()
  expect((await render(SignedIn, { props: { auth } })).body).toContain('nobody')
  await auth.handleAuthError()
  expect(await auth.tryRefresh()).toBe(false)
})

it('nobody can be signed in there, for all users would be', async () => {
  const auth = createAuth()
  const ada = { id: '1', email: 'ada@example.com' }
  expect(() => auth.setAuth('t', 'r', ada)).toThrow(/on a server it would mix users/)
  expect(() => auth.updateTokens('t', 'r')).toThrow(/mix users/)
  expect(() => auth.updateUser(ada)).toThrow(/mix users/)
  auth.clearAuth()
  expect(auth).toMatchObject({ token: null, user: null })
})

it('no loop keeps a server alive', () => {
  const timers = vi.spyOn(globalThis, 'setInterval')
  createAuth().startRefreshLoop('http://fake')
  expect(timers).not.toHaveBeenCalled()
  timers.mockRestore()
})
