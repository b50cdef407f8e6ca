import { type Client, defineMutation, defineQuery } from '@headway/core'
import { createFakeGateway, type FakeGateway } from '@headway/core/testing'
import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Auth, createAuth, createForgeClient, type TokenPair } from '../../src/forge/index.ts'
import { setClient } from '../../src/index.ts'
import SignedIn from './signed-in.svelte'

const key = 'forge_auth'
const ada = { id: '1', email: 'ada@example.com' }
const listUsers = defineQuery<null, unknown>('list_users')
const definition = defineMutation<{ refresh_token: string }, TokenPair>('refresh_token')
const refresh = (client: Client, refresh_token: string): Promise<TokenPair> =>
  client.call(definition, { refresh_token })

let answer: () => unknown
let isAllowed: (token: string | null) => boolean
let gateway: FakeGateway
let client: Client
let auth: Auth

beforeEach(() => {
  localStorage.removeItem(key)
  answer = () => ({ access_token: 'new', refresh_token: 'r2' })
  isAllowed = () => true
  gateway = createFakeGateway({
    queries: { list_users: () => ['Ada'] },
    mutations: { refresh_token: () => answer() },
    isAllowed: (token) => isAllowed(token),
  })
  auth = createAuth(refresh)
  client = createForgeClient({
    url: 'http://fake',
    fetch: gateway.fetch,
    getToken: () => auth.token,
    onAuthError: () => auth.handleAuthError(),
  })
  setClient(client)
})
afterEach(() => {
  auth.stopRefreshLoop()
  client.close()
})

const refreshes = (): number => gateway.count('/rpc/refresh_token')
const refusal = (status: number, code: string) => (): Response =>
  Response.json({ success: false, error: { code, message: code } }, { status })

/** As another tab leaves it. */
function fromAnotherTab(state: object | null): void {
  if (state) localStorage.setItem(key, JSON.stringify(state))
  else localStorage.removeItem(key)
  window.dispatchEvent(new StorageEvent('storage', { key }))
}

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

describe('a renewal', () => {
  const offline = (): never => {
    gateway.goOffline()
    throw new TypeError('offline')
  }
  interface Becomes {
    token: string | null
    isRenewed: boolean
    /** What `handleAuthError()` does. */
    rejects?: boolean
  }
  const kept = { token: 'old', isRenewed: false, rejects: true }
  const signedOut = { token: null, isRenewed: false }
  const cases: [what: string, answer: () => unknown, becomes: Becomes][] = [
    [
      'new tokens',
      () => answered('access_token', 'refresh_token'),
      { token: 'new', isRenewed: true },
    ],
    [
      'new tokens in camelCase',
      () => answered('accessToken', 'refreshToken'),
      { token: 'new', isRenewed: true },
    ],
    ['401', refusal(401, 'UNAUTHORIZED'), signedOut],
    ['403', refusal(403, 'FORBIDDEN'), signedOut],
    ['404', refusal(404, 'NOT_FOUND'), kept],
    ['429', refusal(429, 'RATE_LIMITED'), kept],
    ['500', refusal(500, 'INTERNAL_ERROR'), kept],
    ['a network that fails', offline, kept],
    ['something else', () => ({ access_token: 'new' }), kept],
  ]
  const answered = (token: string, refreshToken: string): object => ({
    [token]: 'new',
    [refreshToken]: 'r2',
  })

  it.each(cases)('answered with %s: tryRefresh()', async (_, given, { token, isRenewed }) => {
    auth.setAuth('old', 'r1', ada)
    answer = given
    expect(await auth.tryRefresh()).toBe(isRenewed)
    expect(auth).toMatchObject({
      token,
      refreshToken: { new: 'r2', old: 'r1' }[token ?? ''] ?? null,
    })
  })

  it.each(cases)('answered with %s: handleAuthError()', async (_, given, { token, rejects }) => {
    auth.setAuth('old', 'r1', ada)
    answer = given
    if (rejects) await expect(auth.handleAuthError()).rejects.toThrow()
    else await auth.handleAuthError()
    expect(auth.token).toBe(token)
  })

  it('is one for all who ask at the same time', async () => {
    auth.setAuth('old', 'r1', ada)
    const asked = [auth.tryRefresh(), auth.tryRefresh(), auth.handleAuthError()]
    expect(await Promise.all(asked)).toEqual([true, true, undefined])
    expect(refreshes()).toBe(1)
  })

  it('sends the refresh token, and no other', async () => {
    auth.setAuth('old', 'r1', ada)
    await auth.tryRefresh()
    const request = gateway.requests.find(({ path }) => path === '/rpc/refresh_token')
    expect(request?.body).toEqual({ args: { refresh_token: 'r1' } })
    expect(request?.headers.get('authorization')).toBe(null)
  })

  it('of somebody who has signed out meanwhile signs nobody in', async () => {
    auth.setAuth('old', 'r1', ada)
    answer = () => {
      auth.clearAuth()
      return { access_token: 'new', refresh_token: 'r2' }
    }
    await auth.tryRefresh()
    expect(auth.isAuthenticated).toBe(false)
  })

  it('that another tab has made is taken over: a refresh token is never sent twice', async () => {
    auth.setAuth('old', 'r1', ada)
    localStorage.setItem(key, JSON.stringify({ token: 'theirs', refreshToken: 'r2', user: ada }))
    expect(await auth.tryRefresh()).toBe(true)
    expect(auth.token).toBe('theirs')
    expect(refreshes()).toBe(0)
  })

  it('that another tab makes is waited for', async () => {
    const other = createAuth(refresh)
    auth.setAuth('old', 'r1', ada)
    other.setAuth('old', 'r1', ada)
    expect(await Promise.all([auth.tryRefresh(), other.tryRefresh()])).toEqual([true, true])
    expect(refreshes()).toBe(1)
    expect(other.refreshToken).toBe('r2')
  })

  it('is made all the same in a page that may have no locks', async () => {
    const denied = vi
      .spyOn(navigator.locks, 'request')
      .mockRejectedValue(new DOMException('denied', 'SecurityError'))
    onTestFinished(() => denied.mockRestore())
    auth.setAuth('old', 'r1', ada)
    expect(await auth.tryRefresh()).toBe(true)
    expect(refreshes()).toBe(1)
  })

  it.each([
    ['refused', refusal(401, 'UNAUTHORIZED')],
    ['answered', () => answered('access_token', 'refresh_token')],
  ])('%s after another tab has made one signs nobody out', async (_, given) => {
    auth.setAuth('old', 'r1', ada)
    answer = () => {
      const theirs = { token: 'theirs', refreshToken: 'r3', user: ada }
      localStorage.setItem(key, JSON.stringify(theirs))
      return given()
    }
    expect(await auth.tryRefresh()).toBe(true)
    expect(auth).toMatchObject({ token: 'theirs', refreshToken: 'r3' })
  })

  it('of somebody whom another tab has signed out signs nobody in', async () => {
    auth.setAuth('old', 'r1', ada)
    answer = () => {
      localStorage.removeItem(key)
      return answered('access_token', 'refresh_token')
    }
    expect(await auth.tryRefresh()).toBe(false)
    expect(auth.isAuthenticated).toBe(false)
    expect(localStorage.getItem(key)).toBe(null)
  })

  it('fails where there is no such address', async () => {
    auth.startRefreshLoop('no address')
    auth.setAuth('old', 'r1', ada)
    expect(await auth.tryRefresh()).toBe(false)
    expect(auth.token).toBe('old')
  })

  it('without a refresh token, or a way to renew, signs out', async () => {
    for (const signedIn of [createAuth(refresh), createAuth()]) {
      signedIn.setAuth('old', '', ada)
      await signedIn.handleAuthError()
      expect(signedIn.isAuthenticated).toBe(false)
    }
    expect(refreshes()).toBe(0)
  })
})

describe('a client whose token was refused', () => {
  it('renews it once and sends again', async () => {
    auth.setAuth('old', 'r1', ada)
    isAllowed = (token) => token !== 'old'
    const calls = [client.call(listUsers, null), client.call(listUsers, null)]
    expect(await Promise.all(calls)).toEqual([['Ada'], ['Ada']])
    expect(refreshes()).toBe(1)
  })

  it('signs out when that is refused, too', async () => {
    auth.setAuth('old', 'r1', ada)
    isAllowed = (token) => token !== 'old'
    answer = refusal(401, 'UNAUTHORIZED')
    await client.call(listUsers, null).catch(() => undefined)
    expect(auth.isAuthenticated).toBe(false)
  })

  it('signs nobody out when the server could not be asked, and goes on when it can', async () => {
    auth.setAuth('old', 'r1', ada)
    isAllowed = (token) => token !== 'old'
    answer = refusal(503, 'SERVICE_UNAVAILABLE')
    const handle = client.watch(listUsers, null)
    const stop = handle.subscribe(() => undefined)
    await expect.poll(() => client.connection.getSnapshot()).toMatchObject({ reason: 'token' })
    expect(auth.token).toBe('old')
    answer = () => ({ access_token: 'new', refresh_token: 'r2' })
    await expect.poll(() => handle.getSnapshot().data).toEqual(['Ada'])
    stop()
  })
})

it('the loop renews while somebody is signed in, and does so for the next one', async () => {
  auth.startRefreshLoop('http://fake', 5)
  auth.setAuth('old', 'r1', ada)
  await expect.poll(refreshes).toBeGreaterThan(1)
  auth.clearAuth()
  const before = refreshes()
  auth.setAuth('old', 'r1', ada)
  await expect.poll(refreshes).toBeGreaterThan(before)
})
