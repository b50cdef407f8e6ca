import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createAuth } from '../../src/forge/index.ts'
import {
  ada,
  auth,
  gateway,
  key,
  refresh,
  refreshes,
  refusal,
  server,
} from './support/signed-in-page.ts'

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
    server.answer = given
    expect(await auth.tryRefresh()).toBe(isRenewed)
    expect(auth).toMatchObject({
      token,
      refreshToken: { new: 'r2', old: 'r1' }[token ?? ''] ?? null,
    })
  })

  it.each(cases)('answered with %s: handleAuthError()', async (_, given, { token, rejects }) => {
    auth.setAuth('old', 'r1', ada)
    server.answer = given
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
    server.answer = () => {
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
    server.answer = () => {
      const theirs = { token: 'theirs', refreshToken: 'r3', user: ada }
      localStorage.setItem(key, JSON.stringify(theirs))
      return given()
    }
    expect(await auth.tryRefresh()).toBe(true)
    expect(auth).toMatchObject({ token: 'theirs', refreshToken: 'r3' })
  })

  it('of somebody whom another tab has signed out signs nobody in', async () => {
    auth.setAuth('old', 'r1', ada)
    server.answer = () => {
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

it('the loop renews while somebody is signed in, and does so for the next one', async () => {
  auth.startRefreshLoop('http://fake', 5)
  auth.setAuth('old', 'r1', ada)
  await expect.poll(refreshes).toBeGreaterThan(1)
  auth.clearAuth()
  const before = refreshes()
  auth.setAuth('old', 'r1', ada)
  await expect.poll(refreshes).toBeGreaterThan(before)
})
