import { flushSync, mount, unmount } from 'svelte'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createAuth } from '../../src/forge/index.ts'
import SignedIn from './signed-in.svelte'
import {
  ada,
  auth,
  client,
  fromAnotherTab,
  gateway,
  key,
  listUsers,
  refresh,
} from './support/signed-in-page.ts'

describe('who is signed in', () => {
  it('is shown wherever it is read, and kept for the next page', () => {
    const target = document.body.appendChild(document.createElement('main'))
    const mounted = mount(SignedIn, { target, props: { auth } })
    const text = (): string => {
      flushSync()
      return target.textContent?.trim() ?? ''
    }
    expect(text()).toBe('nobody')
    auth.setAuth('t', 'r', ada)
    expect(text()).toBe('ada@example.com t r')
    auth.updateTokens('t2', 'r2')
    auth.updateUser({ ...ada, email: 'lovelace@example.com' })
    expect(text()).toBe('lovelace@example.com t2 r2')
    expect(createAuth().user).toEqual({ id: '1', email: 'lovelace@example.com' })
    auth.clearAuth()
    expect(text()).toBe('nobody')
    expect(localStorage.getItem(key)).toBe(null)
    void unmount(mounted)
    target.remove()
  })

  it.each(['{', '[]', '"a"', '{"token":1}', '{"token":""}', 'null'])(
    'is nobody when %s was kept',
    (text) => {
      localStorage.setItem(key, text)
      expect(createAuth()).toMatchObject({ token: null, user: null, isAuthenticated: false })
    },
  )

  it('is what another tab says', () => {
    fromAnotherTab({ token: 't', refreshToken: 'r', user: ada })
    expect(auth).toMatchObject({ token: 't', user: ada })
    fromAnotherTab(null)
    expect(auth.isAuthenticated).toBe(false)
  })

  it('is looked up when the user goes back to the page', () => {
    auth.setAuth('t', 'r', ada)
    localStorage.removeItem(key)
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    expect(auth.isAuthenticated).toBe(false)
  })

  it.each<[what: string, streams: number, act: () => void]>([
    ['who signs out', 2, () => auth.clearAuth()],
    ['whom another tab signs out', 2, () => fromAnotherTab(null)],
    [
      'who is another one in another tab',
      2,
      () => fromAnotherTab({ token: 'b', refreshToken: 'b', user: { ...ada, id: '2' } }),
    ],
    ['whose tokens are renewed', 1, () => auth.updateTokens('t2', 'r2')],
    [
      'whose tokens another tab renews',
      1,
      () => fromAnotherTab({ token: 't2', refreshToken: 'r2', user: ada }),
    ],
  ])('%s: streams in all: %i', async (_, streams, act) => {
    auth.setAuth('t', 'r', ada)
    const handle = client.watch(listUsers, null)
    const stop = handle.subscribe(() => undefined)
    await expect.poll(() => handle.getSnapshot().data).toEqual(['Ada'])
    act()
    await client.call(listUsers, null)
    const opened = (): number =>
      gateway.requests.filter(({ path }) => path.startsWith('/events')).length
    await expect.poll(opened).toBe(streams)
    await expect.poll(() => client.connection.getSnapshot().status).toBe('open')
    expect(opened()).toBe(streams)
    stop()
  })

  it('is nobody for the next page when the storage was full meanwhile', () => {
    auth.setAuth('t', 'r', ada)
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    onTestFinished(() => full.mockRestore())
    const bob = { id: '2', email: 'bob@example.com' }
    auth.setAuth('b', 'b', bob)
    expect(auth.user).toEqual(bob)
    expect(createAuth().isAuthenticated).toBe(false)
    full.mockRestore()
    auth.updateTokens('b2', 'b2')
    expect(createAuth()).toMatchObject({ token: 'b2', user: bob })
    auth.clearAuth()
    expect(createAuth().isAuthenticated).toBe(false)
  })

  it('is known to this page alone where the storage cannot be used', async () => {
    for (const name of ['getItem', 'setItem', 'removeItem'] as const) {
      const broken = vi.spyOn(Storage.prototype, name).mockImplementation(() => {
        throw new DOMException('corrupted', 'UnknownError')
      })
      onTestFinished(() => broken.mockRestore())
    }
    const own = createAuth(refresh)
    own.setAuth('old', 'r1', ada)
    expect(await own.tryRefresh()).toBe(true)
    expect(own.token).toBe('new')
    own.clearAuth()
    expect(own.isAuthenticated).toBe(false)
  })
})
