import { describe, expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

const exportUsers = defineJob<null, string>('export_users')

const toPart = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
/** A JWT that says who, by whom, and since when. */
const jwt = (claims: object): string => `${toPart({ alg: 'none' })}.${toPart(claims)}.signature`

describe('a token that is renewed', () => {
  /** Follows a job, then makes calls while the token is another one each time. */
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
      await client.call('anything')
      await advance(500)
    }
    return { ...fake, seen, streams: gateway.count('/events') }
  }

  it('each second is no new session: its user is the same', async () => {
    const tokens = [1, 2, 3, 4, 5, 6].map((iat) => jwt({ sub: 'ann', iat }))
    const { seen, streams } = await renew(tokens)
    expect(streams).toBe(1)
    expect(seen).toEqual([])
  })

  it.each([
    ['opaque tokens, of which only the server knows the user', ['t1', 't2', 't3']],
    ['names of any alphabet', [1, 2].map((iat) => jwt({ sub: 'Ünal 王', iat }))],
    ['numbers', [1, 2].map((iat) => jwt({ sub: 42, iat }))],
    ['JWTs that name nobody', [1, 2].map((iat) => jwt({ iat }))],
    ['what only looks like a JWT', ['a.b.c', 'd.%%%.f', 'g.bnVsbA.i']],
  ])('is no new session either: %s', async (_, tokens) => {
    expect((await renew(tokens)).streams).toBe(1)
  })

  it.each([
    ['another user', [jwt({ sub: 'ann' }), jwt({ sub: 'bob' })]],
    ['the same name at another issuer', ['a', 'b'].map((iss) => jwt({ sub: 'ann', iss }))],
    ['nobody', [jwt({ sub: 'ann' }), null]],
    ['somebody, where nobody was', [null, jwt({ sub: 'ann' })]],
  ])('is a new session when it is of %s', async (_, tokens) => {
    expect((await renew(tokens)).streams).toBe(2)
  })

  it('between two users, again and again, opens ever more rarely', async () => {
    const tokens = Array.from({ length: 60 }, (_, at) => jwt({ sub: at % 2 === 0 ? 'a' : 'b' }))
    // Half a minute, sixty changes.
    expect((await renew(tokens)).streams).toBeLessThan(15)
  })

  it('moves the session when the application says that the user changed, readable or not', async () => {
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

  it('brings a connection back that was refused, though it is the same user', async () => {
    let token = jwt({ sub: 'ann', iat: 1 })
    const fake = createFakeClient(
      { isAllowed: (bearer) => bearer === jwt({ sub: 'ann', iat: 2 }) },
      { token: () => token },
    )
    fake.client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined)
    await fake.settled()
    expect(fake.client.connection.getSnapshot()).toMatchObject({ reason: 'unauthorized' })
    token = jwt({ sub: 'ann', iat: 2 })
    await fake.client.call('anything')
    await fake.settled()
    expect(fake.client.connection.getSnapshot().status).toBe('open')
  })
})

describe('a token() that hangs', () => {
  const hanging = (hangs: (force: boolean) => boolean, isAllowed = (_: string | null) => true) => {
    let token = 'old'
    const fake = createFakeClient(
      { isAllowed },
      {
        token: ({ force }) => (hangs(force) ? new Promise<string>(() => undefined) : token),
        random: () => 0.5,
      },
    )
    const use = (next: string): void => {
      token = next
    }
    return { ...fake, use }
  }

  it('is told as what it is, by the connection and by a call', async () => {
    const { client, gateway, advance } = hanging(() => true)
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    job.subscribe(() => undefined)
    const called = client.call('anything').catch((error: unknown) => error)
    const reasons = new Set<string>()
    client.connection.subscribe(() => {
      const state = client.connection.getSnapshot()
      if (state.status === 'waiting') reasons.add(state.reason)
    })
    for (let attempt = 0; attempt < 4; attempt += 1) await advance(10_100)
    expect([...reasons]).toEqual(['token'])
    expect(job.getSnapshot().sync.reason).toBe('token')
    expect(await called).toMatchObject({ code: 'TOKEN' })
    expect(gateway.requests).toEqual([])
  })

  it('when it is forced is given up in the time that a call has, and asked again by the next', async () => {
    let isHanging = true
    const fake = hanging(
      (force) => force && isHanging,
      (bearer) => bearer === 'new',
    )
    const first = fake.client.call('first').catch((error: unknown) => error)
    await fake.advance(1_000)
    const second = fake.client.call('second').catch((error: unknown) => error)
    await fake.advance(30_000)
    expect(await first).toMatchObject({ code: 'TOKEN' })
    expect(await second).toMatchObject({ code: 'TOKEN' })
    isHanging = false
    fake.use('new')
    await fake.client.call('third')
  })

  it('when it is forced is replaced by what tokenChanged() gives, for all who wait', async () => {
    const fake = hanging(
      (force) => force,
      (bearer) => bearer === 'new',
    )
    const waiting = [fake.client.call('first'), fake.client.call('second')]
    await fake.settled()
    fake.use('new')
    await fake.client.tokenChanged()
    await Promise.all(waiting)
    await fake.client.call('third')
  })

  it('leaves no timer once it has answered', async () => {
    const fake = hanging(
      () => false,
      (bearer) => bearer === 'new',
    )
    await expect(fake.client.call('first')).rejects.toMatchObject({ status: 401 })
    fake.use('new')
    await fake.client.call('second')
    await fake.advance(600_000)
  })
})
