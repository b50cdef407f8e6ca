import { describe, expect, it } from 'vitest'
import { defineJob, defineMutation } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'

const exportUsers = defineJob<null, string>('export_users')

/** An application with a user. The server accepts the tokens in `valid`. */
function createSignIn(token: string | null) {
  const asked: boolean[] = []
  const auth = {
    token,
    valid: new Set([token]),
    /** The token after the next refresh. */
    refreshed: token,
    asked,
    source: async ({ force }: { force: boolean }) => {
      asked.push(force)
      if (force) auth.token = auth.refreshed
      return auth.token
    },
  }
  const fake = createFakeClient(
    { isAllowed: (bearer) => auth.valid.has(bearer) },
    { token: auth.source },
  )
  return { auth, ...fake }
}

const bearers = (requests: readonly { path: string; headers: Headers }[]): string[] =>
  requests.map(({ path, headers }) => `${path} ${headers.get('authorization')}`)

describe('the token', () => {
  it('is requested before each attempt and each call, and sent only in a header', async () => {
    const { client, gateway, settled } = createSignIn('t1')
    client.start(exportUsers, null)
    await settled()
    client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
    await settled()
    expect(bearers(gateway.requests)).toEqual([
      '/rpc/export_users Bearer t1',
      '/events Bearer t1',
      '/subscribe-batch Bearer t1',
    ])
  })

  it('is refreshed once for all waiting requests, and each of them is sent again once', async () => {
    const { auth, client, gateway } = createSignIn('old')
    auth.valid = new Set(['new'])
    auth.refreshed = 'new'
    gateway.intercept(({ path, headers }) =>
      path.startsWith('/rpc') && headers.get('authorization') === 'Bearer new'
        ? Response.json({ success: true, data: 'yes' })
        : undefined,
    )
    const calls = ['a', 'b', 'c'].map((name) => client.call(defineMutation(name)))
    expect(await Promise.all(calls)).toEqual(['yes', 'yes', 'yes'])
    expect(auth.asked.filter((force) => force)).toEqual([true])
    expect(gateway.requests).toHaveLength(6)
  })

  it('closes the connection as unauthorized if it is refused again', async () => {
    const { auth, client, gateway, settled, advance } = createSignIn('old')
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    job.subscribe(() => undefined)
    auth.valid = new Set(['newest'])
    auth.refreshed = 'new'
    await settled()
    expect(client.connection.getSnapshot()).toMatchObject({
      status: 'closed',
      reason: 'unauthorized',
    })
    expect(job.getSnapshot().sync.reason).toBe('unauthorized')
    expect(auth.asked).toEqual([false, true])
    await advance(600_000)
    expect(gateway.count('/events')).toBe(2)

    auth.token = 'newest'
    await client.tokenChanged()
    await settled()
    expect(job.getSnapshot().sync.status).toBe('live')
  })

  it('is neither refreshed nor dropped after a 403', async () => {
    const { auth, client, gateway } = createSignIn('t1')
    gateway.intercept(() => failure(403, 'FORBIDDEN', 'not yours'))
    await expect(client.call(defineMutation('secrets'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
      status: 403,
    })
    expect(auth.asked).toEqual([false])
  })

  it('of another user opens a new session, which registers all followed runs', async () => {
    const { auth, client, gateway, settled } = createSignIn('alice')
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    job.subscribe(() => undefined)
    await settled()
    auth.token = 'bob'
    auth.valid.add('bob')
    await client.tokenChanged()
    await settled()
    expect(bearers(gateway.requests).filter((line) => line.startsWith('/events'))).toEqual([
      '/events Bearer alice',
      '/events Bearer bob',
    ])
    expect(gateway.openStreams()).toBe(1)
    expect(job.getSnapshot().sync.status).toBe('live')
  })

  it('of another user opens a new session when a call gets it; the call does not wait for the session', async () => {
    const { auth, client, gateway, settled } = createSignIn('alice')
    client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
    await settled()
    auth.token = null
    auth.valid.add(null)
    await client.call(defineMutation('anything'))
    await settled()
    expect(bearers(gateway.requests).at(-1)).toBe('/events null')
  })

  it('stops all requests while token() fails: none is sent without a token', async () => {
    let token: string | null = null
    const source = async (): Promise<string> => {
      if (token === null) throw new Error('offline')
      return token
    }
    const { client, gateway, settled, advance } = createFakeClient({}, { token: source })
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    job.subscribe(() => undefined)
    await expect(client.call(defineMutation('anything'))).rejects.toMatchObject({ code: 'TOKEN' })
    await settled()
    expect(gateway.requests).toEqual([])
    expect(client.connection.getSnapshot()).toMatchObject({ reason: 'token' })
    token = 'alice'
    await advance(1_000)
    expect(job.getSnapshot().sync.status).toBe('live')
  })

  it('is not refreshed when the server has forgotten the session', async () => {
    const { auth, client, gateway, settled, advance } = createSignIn('alice')
    client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
    await settled()
    let isForgotten = true
    gateway.intercept(({ path }) => {
      if (path !== '/subscribe-batch' || !isForgotten) return undefined
      isForgotten = false
      return failure(401, 'INVALID_SESSION_SECRET', 'not that of the session')
    })
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    job.subscribe(() => undefined)
    await settled()
    await advance(1_000)
    expect(isForgotten).toBe(false)
    expect(auth.asked).not.toContain(true)
    expect(job.getSnapshot().sync.status).toBe('live')
  })
})
