import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { openStream } from '@headway/conformance/wire'
import { describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway } from '../src/index.ts'
import { ask, bearer, member, secret, sign } from './support/attack.ts'
import {
  database,
  gateways,
  jobs,
  logger,
  off,
  on,
  queries,
  serve,
  streams,
} from './support/token-gateways.ts'

/** Whose a stream is: the user whose job may be registered on it. */
const ownerOf = async (url: string, headers: Record<string, string>, search: string) => {
  const stream = await openStream(url, headers, search)
  streams.push(stream)
  for (const name of ['ann', 'bob']) {
    const own = await bearer(name)
    const body = { ...stream.session, items: [] }
    const { status } = await ask(url, 'POST', '/subscribe-batch', own, body)
    if (status === 200) return name
  }
  return 'nobody'
}
const mint = async (url: string, name: string): Promise<string> =>
  String(member(await ask(url, 'POST', '/events/ticket', await bearer(name)), 'ticket'))

type Way = {
  what: string
  headers?: () => Promise<Record<string, string>>
  search: (url: string) => Promise<string>
  /** Whose the stream is, or why there is none. */
  on: string
  off: string
}

describe('a stream whose URL', () => {
  const token = async (name: string, lifeSecs?: number) => `token=${await sign(name, {}, lifeSecs)}`
  const ways: Way[] = [
    { what: 'says nothing', search: async () => '', on: 'nobody', off: 'nobody' },
    { what: 'has a token', search: () => token('ann'), on: 'ann', off: '400 TOKEN_IN_URL' },
    {
      what: 'has an empty one',
      search: async () => 'token=',
      on: '401 UNAUTHORIZED',
      off: '400 TOKEN_IN_URL',
    },
    {
      what: 'has nonsense',
      search: async () => 'token=a.b.c',
      on: '401 UNAUTHORIZED',
      off: '400 TOKEN_IN_URL',
    },
    {
      what: 'has what no header may',
      search: async () => 'token=a%0D%0Ab%C3%A4',
      on: '401 UNAUTHORIZED',
      off: '400 TOKEN_IN_URL',
    },
    {
      what: 'has an old one',
      search: () => token('ann', -120),
      on: '401 UNAUTHORIZED',
      off: '400 TOKEN_IN_URL',
    },
    {
      what: 'has two',
      search: async () => `${await token('ann')}&${await token('bob')}`,
      on: '401 UNAUTHORIZED',
      off: '400 TOKEN_IN_URL',
    },
    {
      what: 'has a token, beside a header',
      headers: () => bearer('bob'),
      search: () => token('ann'),
      on: 'bob',
      off: 'bob',
    },
    {
      what: 'has a token, beside a header that is not valid',
      headers: async () => ({ authorization: 'Bearer nonsense' }),
      search: () => token('ann'),
      on: '401 UNAUTHORIZED',
      off: '401 UNAUTHORIZED',
    },
    {
      what: 'has a token and a ticket',
      search: async (url) => `${await token('ann')}&ticket=${await mint(url, 'bob')}`,
      on: 'bob',
      off: 'bob',
    },
    {
      what: 'has a token and a ticket that is not valid',
      search: async () => `${await token('ann')}&ticket=7`,
      on: '401 UNAUTHORIZED',
      off: '401 UNAUTHORIZED',
    },
  ]
  const cases = ways.flatMap((way) => [
    { ...way, option: 'with tokenInUrl', expected: way.on, url: () => on },
    { ...way, option: 'without it', expected: way.off, url: () => off },
  ])
  it.each(cases)('$what, $option: $expected', async ({ headers, search, expected, url }) => {
    const sent = (await headers?.()) ?? {}
    const query = await search(url())
    if (/^\d/.test(expected)) {
      const { status, code } = await ask(url(), 'GET', `/events?${query}`, sent)
      expect(`${status} ${code}`).toBe(expected)
    } else expect(await ownerOf(url(), sent, `?${query}`)).toBe(expected)
  })

  it('has a token is told which option reads it, and of other ways', async () => {
    const { message } = await ask(off, 'GET', `/events?token=${await sign('ann')}`)
    expect(message).toMatch(/auth\.tokenInUrl/)
    expect(message).toMatch(/ticket/)
  })

  it('has a token ends with it', async () => {
    const own = await serve({ auth: { jwt: { secret, leewaySecs: 0 }, tokenInUrl: true } })
    const stream = await openStream(own, {}, `?token=${await sign('ann', {}, 3)}`)
    await stream.ended
    expect(stream.errors).toEqual(['SESSION_EXPIRED'])
  })

  it('has a token is asked for by `authenticate` as a header', async () => {
    const seen: (string | null)[] = []
    const own = await serve({
      auth: {
        authenticate: async ({ headers }) => {
          seen.push(headers.get('authorization'))
          return { id: 'ann' }
        },
        tokenInUrl: true,
      },
    })
    streams.push(await openStream(own, {}, '?token=abc'))
    expect(seen).toEqual(['Bearer abc'])
  })

  it('has a token is anonymous where everybody is', async () => {
    const own = await serve({})
    streams.push(await openStream(own, {}, '?token=abc'))
  })
})

it('a token in another URL says nothing', async () => {
  const path = `/rpc/export_users?token=${await sign('ann')}`
  expect(await ask(on, 'POST', path, {}, { args: { format: 'csv' } })).toMatchObject({
    status: 401,
  })
})

it.each([
  ['POST', '/_api/events', 415],
  ['HEAD', '/_api/events', 405],
  ['PUT', '/_api/events', 405],
  ['POST', '/_api/events/ticket', 401],
  ['GET', '/_api/events/', 404],
  ['GET', '/_api/%65vents', 404],
  ['GET', '/_api/Events', 404],
  ['GET', '/_api/events;a', 404],
  ['GET', '/_api//events', 404],
  ['GET', '//_api/events', 404],
  ['GET', '/_api/x/../events', 404],
  ['GET', '/_api/events#', 404],
  ['GET', 'http://localhost/_api/events', 404],
])('nor is one read at what only looks like a stream: %s %s', async (method, path, status) => {
  const token = await sign('ann')
  const sent = request(on, { method, path: `${path}?token=${token}` })
  const [answer] = (await once(sent.end(), 'response')) as [IncomingMessage]
  const text = (await answer.toArray()).join('')
  expect(answer.statusCode).toBe(status)
  expect(text).not.toContain(token)
})

it('an answer that refuses one can be read by its page, and is not kept', async () => {
  const origin = 'https://app.example.com'
  for (const url of [on, off]) {
    const { headers } = await ask(url, 'GET', '/events?token=nonsense', { origin })
    expect(headers.get('access-control-allow-origin')).toBe(origin)
    expect(headers.get('cache-control')).toBe('no-store')
  }
})

it('one is read through the other door as well, and nowhere else', async () => {
  const gateway = await createGateway({
    ...{ database, engine: bullmq(), jobs, queries, logger },
    auth: { jwt: { secret }, tokenInUrl: true },
  })
  gateways.push(gateway)
  const statusOf = async (path: string): Promise<number> => {
    const url = `http://localhost/_api${path}?token=${await sign('ann')}`
    const { status, body } = await gateway.fetch(new Request(url), { ip: '127.0.0.1' })
    await body?.cancel()
    return status
  }
  expect(await statusOf('/events')).toBe(200)
  expect(await statusOf('/%65vents')).toBe(404)
  expect(await statusOf('/metrics')).toBe(401)
})
