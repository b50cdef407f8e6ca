import { describe, expect, it } from 'vitest'
import {
  ada,
  auth,
  client,
  listUsers,
  refreshes,
  refusal,
  server,
} from './support/signed-in-page.ts'

describe('a client whose token was refused', () => {
  it('renews it once and sends again', async () => {
    auth.setAuth('old', 'r1', ada)
    server.isAllowed = (token) => token !== 'old'
    const calls = [client.call(listUsers, null), client.call(listUsers, null)]
    expect(await Promise.all(calls)).toEqual([['Ada'], ['Ada']])
    expect(refreshes()).toBe(1)
  })

  it('signs out when that is refused, too', async () => {
    auth.setAuth('old', 'r1', ada)
    server.isAllowed = (token) => token !== 'old'
    server.answer = refusal(401, 'UNAUTHORIZED')
    await client.call(listUsers, null).catch(() => undefined)
    expect(auth.isAuthenticated).toBe(false)
  })

  it('signs nobody out when the server could not be asked, and goes on when it can', async () => {
    auth.setAuth('old', 'r1', ada)
    server.isAllowed = (token) => token !== 'old'
    server.answer = refusal(503, 'SERVICE_UNAVAILABLE')
    const handle = client.watch(listUsers, null)
    const stop = handle.subscribe(() => undefined)
    await expect.poll(() => client.connection.getSnapshot()).toMatchObject({ reason: 'token' })
    expect(auth.token).toBe('old')
    server.answer = () => ({ access_token: 'new', refresh_token: 'r2' })
    await expect.poll(() => handle.getSnapshot().data).toEqual(['Ada'])
    stop()
  })
})
