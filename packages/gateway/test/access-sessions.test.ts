import { randomUUID } from 'node:crypto'
import { createClient, defineJob } from '@headway/core'
import { describe, expect, it } from 'vitest'
import {
  ask,
  bearer,
  begin,
  change,
  nobody,
  open,
  register,
  secret,
  serve,
  sign,
  startedBy,
  url,
} from './support/access-gateway.ts'
import { member } from './support/attack.ts'

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
