import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { openStream, type Stream } from '@headway/conformance'
import { createClient, defineJob } from '@headway/core'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import {
  createGateway,
  type Gateway,
  type GatewayOptions,
  job,
  Unauthorized,
} from '../src/index.ts'
import { type Answer, ask as askAt, member } from './support/attack.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const secret = 'a secret of no less than thirty-two bytes'
const key = new TextEncoder().encode(secret)
const jobs = { mine: job({ run: () => null }), open: job({ public: true, run: () => null }) }

let database: string
let url: string
const gateways: Gateway[] = []
const streams: Stream[] = []

/** A gateway with the options that matter. */
const serve = async (options: Partial<GatewayOptions> = {}): Promise<string> => {
  const app = { database, engine: bullmq(), jobs, logger: quiet, auth: { jwt: { secret } } }
  const gateway = await createGateway({ ...app, ...options })
  gateways.push(gateway)
  return (await gateway.listen(0)).url
}
beforeAll(async () => {
  database = await createDatabase()
  url = await serve({
    cors: { origins: ['https://app.example.com'] },
    maxSessionsPerUser: 2,
    authorize: ({ principal, run }) => principal?.roles.includes('support') === true && !!run.owner,
  })
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})
afterAll(() => Promise.all(gateways.map((gateway) => gateway.close())))

/** A token of `sub`. */
const sign = (sub: string, claims: object = {}, lifeSecs = 60): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime(Math.floor(Date.now() / 1_000) + lifeSecs)
    .sign(key)
const bearer = async (sub: string, claims?: object): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await sign(sub, claims)}`,
})
const nobody = {}

const ask = (
  method: string,
  path: string,
  headers: Record<string, string>,
  body: unknown = {},
  at = url,
): Promise<Answer> => askAt(at, method, path, headers, body)
/** The id of a job that was started so. */
const startedBy = (answer: Answer): string => String(member(answer, 'job_id'))
const begin = async (headers: Record<string, string>): Promise<string> =>
  startedBy(await ask('POST', '/rpc/mine', headers))
const open = async (headers: Record<string, string>, search?: string, at = url) => {
  const stream = await openStream(at, headers, search)
  streams.push(stream)
  return stream
}
const register = (stream: Stream, headers: Record<string, string>, jobId: string, at = url) =>
  ask('POST', '/subscribe-job', headers, { ...stream.session, id: jobId, job_id: jobId }, at)
const change = (jobId: string, message: string) =>
  query(
    database,
    `with changed as (update headway.run set message = $2, revision = revision + 1
      where id = $1 returning id) select pg_notify('headway_run', id::text) from changed`,
    [jobId, message],
  )

describe('tokens', () => {
  const bad: [what: string, header: () => Promise<string> | string][] = [
    ['nonsense', () => 'Bearer nonsense'],
    ['another scheme', () => 'Basic abc'],
    ['an empty one', () => 'Bearer '],
    ['a lower-case scheme', async () => `bearer ${await sign('ann')}`],
    ['an old one', async () => `Bearer ${await sign('ann', {}, -120)}`],
    ['one of nobody', async () => `Bearer ${await sign('')}`],
    [
      'one of another secret',
      async () =>
        `Bearer ${await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setSubject('ann').sign(new TextEncoder().encode(secret.toUpperCase()))}`,
    ],
    [
      'one of another algorithm',
      async () =>
        `Bearer ${await new SignJWT({}).setProtectedHeader({ alg: 'HS512' }).setSubject('ann').sign(key)}`,
    ],
    [
      'one that nobody signed',
      () => `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"ann"}')}.`.replaceAll('=', ''),
    ],
  ]
  it.each(bad)('%s is refused, wherever it is sent', async (_, header) => {
    const authorization = await header()
    for (const [method, path] of [
      ['POST', '/rpc/open'],
      ['GET', '/events'],
      ['POST', '/events/ticket'],
      ['POST', '/subscribe-job'],
      ['GET', '/health'],
    ] as const) {
      expect(await ask(method, path, { authorization })).toMatchObject({
        status: 401,
        code: 'UNAUTHORIZED',
      })
    }
  })

  it('are needed to start a job, unless that is public', async () => {
    expect(await ask('POST', '/rpc/mine', nobody)).toMatchObject({ status: 401 })
    expect(await ask('POST', '/rpc/open', nobody)).toMatchObject({ status: 200 })
    expect(await ask('POST', '/rpc/mine', await bearer('ann'))).toMatchObject({ status: 200 })
  })

  it('signed with RS256, by a key at hand or by one that the issuer publishes', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: '1', alg: 'RS256' }] }
    const issuer = createServer((_, response) => response.end(JSON.stringify(keys))).listen(0)
    await once(issuer, 'listening')
    const address = issuer.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const token = await new SignJWT({ iss: 'us', aud: 'headway' })
      .setProtectedHeader({ alg: 'RS256', kid: '1' })
      .setSubject('ann')
      .setExpirationTime('1m')
      .sign(privateKey)
    const headers = { authorization: `Bearer ${token}` }
    const jwks = `http://localhost:${port}`
    const asked = { issuer: 'us', audience: 'headway' }
    const own = await serve({ auth: { jwt: { jwks, ...asked } } })
    expect(await ask('POST', '/rpc/mine', headers, {}, own)).toMatchObject({ status: 200 })
    const pem = await exportSPKI(publicKey)
    const other = await serve({ auth: { jwt: { publicKey: pem, audience: 'somebody else' } } })
    expect(await ask('POST', '/rpc/mine', headers, {}, other)).toMatchObject({ status: 401 })
    // The keys cannot be had: nobody is signed out for that.
    issuer.close()
    issuer.closeAllConnections()
    const late = await serve({ auth: { jwt: { jwks } } })
    expect(await ask('POST', '/rpc/mine', headers, {}, late)).toMatchObject({ status: 503 })
  })

  it('or whatever else says who asks; its faults are no refusals', async () => {
    const authenticate = async ({ headers }: { headers: Headers }) => {
      const user = headers.get('x-user')
      if (user === 'liar') throw new Unauthorized('no such user')
      if (user === 'fault') throw new Error('no database')
      return user === null ? null : { id: user }
    }
    const own = await serve({ auth: { authenticate } })
    const status = async (headers: Record<string, string>) =>
      (await ask('POST', '/rpc/mine', headers, {}, own)).status
    expect(await status({ 'x-user': 'ann' })).toBe(200)
    expect(await status({})).toBe(401)
    expect(await status({ 'x-user': 'liar' })).toBe(401)
    expect(await status({ 'x-user': 'fault' })).toBe(500)
  })
})

describe('a job is its owner’s', () => {
  const actions: [string, (id: string, headers: Record<string, string>) => Promise<Answer>][] = [
    ['read', (id, headers) => ask('GET', `/jobs/${id}`, headers)],
    ['cancelled', (id, headers) => ask('POST', `/jobs/${id}/cancel`, headers)],
    ['retried', (id, headers) => ask('POST', `/jobs/${id}/retry`, headers)],
    [
      'followed',
      async (id, headers) => {
        const stream = await open(headers)
        const answer = await register(stream, headers, id)
        stream.close()
        return answer
      },
    ],
  ]
  it.each(actions)('to be %s', async (_, act) => {
    const id = await begin(await bearer('ann'))
    expect(await act(id, await bearer('bob'))).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    expect(await act(id, nobody)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
    expect(await act(id, await bearer('ann'))).toMatchObject({ status: 200 })
    expect(await act(id, await bearer('root', { roles: ['admin'] }))).toMatchObject({ status: 200 })
    const support = await bearer('eve', { roles: ['support'] })
    expect(await act(id, support)).toMatchObject({ status: 200 })
  })

  it('in a batch, each item by itself', async () => {
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const ids = [await begin(ann), await begin(bob)]
    const items = ids.map((id) => ({ kind: 'job', id, job_id: id }))
    const { session } = await open(ann)
    const response = await fetch(`${url}/_api/subscribe-batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...ann },
      body: JSON.stringify({ ...session, items }),
    })
    expect(await response.json()).toMatchObject({
      data: [{ success: true }, { success: false, error: { code: 'FORBIDDEN' } }],
    })
  })

  it('also under a key that somebody else has used', async () => {
    const header = { 'x-idempotency-key': randomUUID() }
    const ids = await Promise.all(
      ['ann', 'bob', 'ann'].map(async (name) => begin({ ...(await bearer(name)), ...header })),
    )
    expect(ids[2]).toBe(ids[0])
    expect(ids[1]).not.toBe(ids[0])
  })

  it('and whoever may not follow it any more hears no more of it', async () => {
    let isOpen = true
    const own = await serve({ authorize: async () => isOpen })
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const id = startedBy(await ask('POST', '/rpc/mine', ann, {}, own))
    const [hers, his] = [await open(ann, '', own), await open(bob, '', own)]
    expect(await register(hers, ann, id, own)).toMatchObject({ status: 200 })
    expect(await register(his, bob, id, own)).toMatchObject({ status: 200 })
    await change(id, 'one')
    await his.until(({ message }) => message === 'one')
    isOpen = false
    await change(id, 'two')
    await hers.until(({ message }) => message === 'two')
    isOpen = true
    await change(id, 'three')
    await hers.until(({ message }) => message === 'three')
    expect(his.pushed.map(({ message }) => message)).toEqual(['one'])
  })

  it('nor does what it may not follow any more take the place of what it may', async () => {
    const closed = new Set<string>()
    const authorize: GatewayOptions['authorize'] = ({ run }) => !closed.has(run.id)
    const own = await serve({ authorize, maxRegistrations: 1 })
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const beginOwn = async (): Promise<string> =>
      startedBy(await ask('POST', '/rpc/mine', ann, {}, own))
    const [id, other] = [await beginOwn(), await beginOwn()]
    const [hers, his] = [await open(ann, '', own), await open(bob, '', own)]
    await register(hers, ann, id, own)
    await register(his, bob, id, own)
    expect(await register(his, bob, other, own)).toMatchObject({ status: 429 })
    closed.add(id)
    await change(id, 'one')
    await hers.until(({ message }) => message === 'one')
    expect(await register(his, bob, other, own)).toMatchObject({ status: 200 })
    expect(his.pushed).toEqual([])
  })
})

describe('an `authorize` that fails', () => {
  it('at a registration is a fault, and leaves nothing registered', async () => {
    let isBroken = true
    const authorize = (): boolean => {
      if (isBroken) throw new Error('no directory')
      return true
    }
    const own = await serve({ authorize, maxRegistrations: 1 })
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const id = startedBy(await ask('POST', '/rpc/mine', ann, {}, own))
    const other = startedBy(await ask('POST', '/rpc/mine', ann, {}, own))
    const his = await open(bob, '', own)
    expect(await register(his, bob, id, own)).toMatchObject({ status: 500 })
    isBroken = false
    expect(await register(his, bob, other, own)).toMatchObject({ status: 200 })
    await change(id, 'one')
    await change(other, 'two')
    await his.until(({ message }) => message === 'two')
    expect(his.pushed.map(({ message }) => message)).toEqual(['two'])
  })

  it('at a push keeps that from whom it was asked for, and from nobody else', async () => {
    let isBroken = false
    const authorize = (): boolean => {
      if (isBroken) throw new Error('no directory')
      return true
    }
    const own = await serve({ authorize })
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const id = startedBy(await ask('POST', '/rpc/mine', ann, {}, own))
    const [hers, his] = [await open(ann, '', own), await open(bob, '', own)]
    await register(his, bob, id, own)
    await register(hers, ann, id, own)
    isBroken = true
    await change(id, 'one')
    await hers.until(({ message }) => message === 'one')
    await change(id, 'two')
    await hers.until(({ message }) => message === 'two')
    expect(his.pushed).toEqual([])
    isBroken = false
    await change(id, 'three')
    await his.until(({ message }) => message === 'three')
  })
})

describe('a session is its principal’s', () => {
  it('nobody else registers on it, whatever he knows of it', async () => {
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const stream = await open(ann)
    const id = await begin(bob)
    for (const headers of [bob, nobody]) {
      expect(await register(stream, headers, id)).toMatchObject({
        status: 403,
        code: 'SESSION_PRINCIPAL_MISMATCH',
      })
    }
  })

  it('it ends with its token, and says so', async () => {
    const own = await serve({ auth: { jwt: { secret, leewaySecs: 0 } } })
    const stream = await open({ authorization: `Bearer ${await sign('ann', {}, 6)}` }, '', own)
    await stream.ended
    expect(stream.errors).toEqual(['SESSION_EXPIRED'])
  })

  it('it lasts as long as a token that was renewed meanwhile', async () => {
    const own = await serve({ auth: { jwt: { secret, leewaySecs: 0 } } })
    const brief = { authorization: `Bearer ${await sign('ann', {}, 6)}` }
    const [stream, doomed] = [await open(brief, '', own), await open(brief, '', own)]
    const ann = await bearer('ann')
    const id = startedBy(await ask('POST', '/rpc/mine', ann, {}, own))
    expect(await register(stream, ann, id, own)).toMatchObject({ status: 200 })
    await doomed.ended
    await change(id, 'still there')
    await stream.until(({ message }) => message === 'still there')
  })

  it('a user may have so many, and an address those of strangers', async () => {
    const ann = await bearer('ann')
    await open(ann)
    await open(ann)
    const third = await ask('GET', '/events', ann)
    expect(third).toMatchObject({ status: 429, code: 'TOO_MANY_SESSIONS' })
    expect(third.headers.get('retry-after')).toBe('5')
    await open(await bearer('bob'))
    const own = await serve({ maxSessionsPerIp: 1, trustProxy: 1 })
    await open({ 'x-forwarded-for': '1.1.1.1' }, '', own)
    await open({ 'x-forwarded-for': '2.2.2.2' }, '', own)
    const again = await ask('GET', '/events', { 'x-forwarded-for': 'lie, 1.1.1.1' }, {}, own)
    expect(again).toMatchObject({ status: 429 })
    // Users share an address, as in an office: they are not counted by it.
    const from = { 'x-forwarded-for': '1.1.1.1' }
    for (const name of ['ann', 'bob', 'cay'])
      await open({ ...(await bearer(name)), ...from }, '', own)
    // An address with its port is the same address, and an IPv6 network is one visitor's.
    const twice = ['1.1.1.1:5678', '[2001:db8:1:2::a]:80', '2001:db8:1:2:ffff::b']
    const [same = {}, first = {}, second = {}] = twice.map((ip) => ({ 'x-forwarded-for': ip }))
    expect(await ask('GET', '/events', same, {}, own)).toMatchObject({ status: 429 })
    await open(first, '', own)
    expect(await ask('GET', '/events', second, {}, own)).toMatchObject({ status: 429 })
  })
})

describe('tickets', () => {
  const mint = async (headers: Record<string, string>, at = url) => {
    const answer = await ask('POST', '/events/ticket', headers, {}, at)
    return { ticket: member(answer, 'ticket'), expires_in_secs: member(answer, 'expires_in_secs') }
  }

  it('open one stream of their owner, without a header', async () => {
    const ann = await bearer('ann')
    const { ticket, expires_in_secs } = await mint(ann)
    expect(expires_in_secs).toBe(30)
    const stream = await open(nobody, `?ticket=${ticket}`)
    const id = await begin(ann)
    expect(await register(stream, ann, id)).toMatchObject({ status: 200 })
    const again = await ask('GET', `/events?ticket=${ticket}`, nobody)
    expect(again).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
  })

  it('are for who says who he is, and good where they were asked for', async () => {
    expect(await ask('POST', '/events/ticket', nobody)).toMatchObject({ status: 401 })
    expect(await ask('GET', `/events?ticket=${randomUUID()}`, nobody)).toMatchObject({
      status: 401,
    })
    const own = await serve({ trustProxy: 1 })
    const from = async (ip: string) => ({ ...(await bearer('ann')), 'x-forwarded-for': ip })
    const { ticket } = await mint(await from('1.1.1.1'), own)
    const stolen = { 'x-forwarded-for': '2.2.2.2' }
    expect(await ask('GET', `/events?ticket=${ticket}`, stolen, {}, own)).toMatchObject({
      status: 401,
    })
  })

  it('are not used up by who sends a token as well', async () => {
    const ann = await bearer('ann')
    const { ticket } = await mint(ann)
    await open(ann, `?ticket=${ticket}`)
    await open(nobody, `?ticket=${ticket}`)
  })
})

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    fetch(`${url}/_api/rpc/mine`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })

  it('may ask when they are on the list, with every header our client sends', async () => {
    const { status, headers } = await preflight('https://app.example.com')
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example.com')
    expect(headers.get('access-control-allow-credentials')).toBe('true')
    const sent = ['authorization', 'content-type', 'x-idempotency-key']
    for (const name of [...sent, 'x-forge-csrf', 'x-forge-platform', 'x-correlation-id']) {
      expect(headers.get('access-control-allow-headers')).toContain(name)
    }
    const origin = { origin: 'https://app.example.com' }
    const answer = await ask('POST', '/rpc/mine', { ...origin, ...(await bearer('ann')) })
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin.origin)
  })

  it('get no word when they are not', async () => {
    for (const origin of ['https://evil.example', 'null', 'https://app.example.com.evil.example']) {
      const { headers } = await preflight(origin)
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('vary')).toBe('Origin')
    }
  })
})

it('a client whose session ends with its token opens another one, and goes on following', async () => {
  const own = await serve({ auth: { jwt: { secret, leewaySecs: 0 } } })
  const client = createClient({ url: own, token: () => sign('ann', {}, 2) })
  const handle = client.start(defineJob<null, null>('mine'), null)
  const opened: number[] = []
  client.connection.subscribe(() => {
    const state = client.connection.getSnapshot()
    if (state.status === 'open') opened.push(state.openedAt)
  })
  handle.subscribe(() => undefined)
  await expect.poll(() => new Set(opened).size).toBeGreaterThan(1)
  await expect.poll(() => handle.getSnapshot().sync.status).toBe('live')
  await change(handle.getSnapshot().jobId, 'after the renewal')
  await expect.poll(() => handle.getSnapshot().message).toBe('after the renewal')
  client.close()
})

it.each<[string, Partial<GatewayOptions>]>([
  ['has 3 bytes', { auth: { jwt: { secret: 'abc' } } }],
  ['exactly one', { auth: { jwt: {} } }],
  ['must be the PEM', { auth: { jwt: { publicKey: 'abc' } } }],
  ['jwks is "abc"', { auth: { jwt: { jwks: 'abc' } } }],
  ['cors.origins has "*"', { cors: { origins: ['*'] } }],
  ['cors.origins has "https://a.example/"', { cors: { origins: ['https://a.example/'] } }],
  ['trustProxy is -1', { trustProxy: -1 }],
])('says at its start what cannot be: %s', async (message, options) => {
  await expect(serve(options)).rejects.toThrow(message)
})

it('with auth it listens where others can reach it', async () => {
  const app = { database, engine: bullmq(), jobs, logger: quiet, auth: { jwt: { secret } } }
  const gateway = await createGateway(app)
  gateways.push(gateway)
  await expect(gateway.listen(0, '0.0.0.0')).resolves.toMatchObject({ url: expect.any(String) })
})
