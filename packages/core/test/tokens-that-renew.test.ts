import { describe, expect, it } from 'vitest'
import { defineJob, defineMutation } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { jwt } from './support/jwt.ts'

const exportUsers = defineJob<null, string>('export_users')

describe('a renewed token', () => {
  /** Follows a job, then makes calls with a new token each time. */
  const renew = async (tokens: (string | null)[]) => {
    let newest = tokens[0] ?? null
    const fake = createFakeClient({}, { token: () => newest, random: () => 0.5 })
    const { client, gateway, settled, advance } = fake
    client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
    await settled()
    const seen: string[] = []
    const { connection } = client
    connection.subscribe(() => seen.push(connection.getSnapshot().status))
    for (const token of tokens) {
      newest = token
      await client.call(defineMutation('anything'))
      await advance(500)
    }
    return { ...fake, seen, streams: gateway.count('/events') }
  }

  it('keeps the session if the user is the same, also with a new token every second', async () => {
    const tokens = [1, 2, 3, 4, 5, 6].map((iat) => jwt({ sub: 'ann', iat }))
    const { seen, streams } = await renew(tokens)
    expect(streams).toBe(1)
    expect(seen).toEqual([])
  })

  it.each([
    ['opaque tokens', ['t1', 't2', 't3']],
    ['a subject that is not ASCII', [1, 2].map((iat) => jwt({ sub: 'Ünal 王', iat }))],
    ['a subject that is a number', [1, 2].map((iat) => jwt({ sub: 42, iat }))],
    ['JWTs without a subject', [1, 2].map((iat) => jwt({ iat }))],
    ['texts that only look like JWTs', ['a.b.c', 'd.%%%.f', 'g.bnVsbA.i']],
  ])('keeps the session: %s', async (_, tokens) => {
    expect((await renew(tokens)).streams).toBe(1)
  })

  it.each([
    ['another user', [jwt({ sub: 'ann' }), jwt({ sub: 'bob' })]],
    ['the same name at another issuer', ['a', 'b'].map((iss) => jwt({ sub: 'ann', iss }))],
    ['no user, after one was signed in', [jwt({ sub: 'ann' }), null]],
    ['a user, after none was signed in', [null, jwt({ sub: 'ann' })]],
  ])('opens a new session if it belongs to %s', async (_, tokens) => {
    expect((await renew(tokens)).streams).toBe(2)
  })

  it('opens sessions at growing intervals if it switches between two users', async () => {
    const tokens = Array.from({ length: 60 }, (_, at) => jwt({ sub: at % 2 === 0 ? 'a' : 'b' }))
    // Half a minute, sixty changes.
    expect((await renew(tokens)).streams).toBeLessThan(15)
  })

  it('opens a new session on tokenChanged() if the token differs, also for opaque tokens', async () => {
    let token = 'opaque-1'
    const { client, gateway, settled } = createFakeClient({}, { token: () => token })
    client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
    await settled()
    await client.tokenChanged()
    await settled()
    expect(gateway.count('/events')).toBe(1)
    token = 'opaque-2'
    await client.tokenChanged()
    await settled()
    expect(gateway.count('/events')).toBe(2)
    expect(gateway.openStreams()).toBe(1)
  })

  it('reconnects a refused connection, also for the same user', async () => {
    let token = jwt({ sub: 'ann', iat: 1 })
    const fake = createFakeClient(
      { isAllowed: (bearer) => bearer === jwt({ sub: 'ann', iat: 2 }) },
      { token: () => token },
    )
    fake.client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined)
    await fake.settled()
    expect(fake.client.connection.getSnapshot()).toMatchObject({ reason: 'unauthorized' })
    token = jwt({ sub: 'ann', iat: 2 })
    await fake.client.call(defineMutation('anything'))
    await fake.settled()
    expect(fake.client.connection.getSnapshot().status).toBe('open')
  })
})
