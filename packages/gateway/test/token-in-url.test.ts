import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openStream, type Stream } from '@headway/conformance'
import { chromiumOptions } from '@headway/conformance/chromium'
import { pino } from 'pino'
import { chromium } from 'playwright'
import * as v from 'valibot'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import {
  createGateway,
  createWorker,
  type Gateway,
  type GatewayOptions,
  job,
  mutation,
  query,
  UploadedFile,
  type Worker,
} from '../src/index.ts'
import { ask, bearer, member, secret, sign } from './support/attack.ts'
import { createDatabase, query as run } from './support/database.ts'
import { createReleasedClient } from './support/released-client.ts'

const lines: string[] = []
const logger = pino({ level: 'trace' }, { write: (line) => void lines.push(line) })
const jobs = {
  export_users: job({
    run: async (ctx, { format }: { format: string }) => {
      await ctx.progress(50, 'half')
      return `users.${format}`
    },
  }),
}
const queries = {
  names: query({
    run: async ({ sql }) => {
      const rows = await sql<{ name: string }>`select name from users order by name`
      return rows.map(({ name }) => name)
    },
  }),
}
const mutations = {
  rename: mutation({
    run: async ({ sql, input }: import('../src/index.ts').MutationContext<{ name: string }>) => {
      await sql`update users set name = ${input.name}`
      return input.name
    },
  }),
  import_users: mutation({
    files: true,
    input: v.object({ file: v.instance(UploadedFile), team: v.string() }),
    run: async ({ input }) => `${input.team} ${await input.file.text()}`,
  }),
}

let database: string
let worker: Worker
/** With the option, and without it. */
let on: string
let off: string
const gateways: Gateway[] = []
const streams: Stream[] = []

const serve = async (options: Partial<GatewayOptions>): Promise<string> => {
  const gateway = await createGateway({
    ...{ database, engine: bullmq(), jobs, queries, mutations, logger },
    cors: { origins: ['https://app.example.com'] },
    maxSessionsPerUser: 100,
    ...options,
  })
  gateways.push(gateway)
  return (await gateway.listen(0)).url
}
beforeAll(async () => {
  database = await createDatabase()
  await run(database, `create table users (name text); insert into users values ('Ada')`)
  on = await serve({ auth: { jwt: { secret }, tokenInUrl: true } })
  off = await serve({ auth: { jwt: { secret } } })
  worker = await createWorker({ database, engine: bullmq(), jobs, logger })
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})
afterAll(async () => {
  await worker?.close({ force: true })
  await Promise.all(gateways.map((gateway) => gateway.close()))
})

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
    const stream = await openStream(own, {}, `?token=${await sign('ann', {}, 1)}`)
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
  ['POST', '/_api/events', 405],
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

it('nothing that is logged, counted or answered has a token of a URL', async () => {
  const own = await serve({
    auth: {
      authenticate: () => Promise.reject(new Error('The directory is away')),
      tokenInUrl: true,
    },
  })
  const token = await sign('ann', { nonce: 'seen-nowhere' })
  const old = await sign('ann', { nonce: 'seen-nowhere' }, -120)
  const asked = [on, off, own].flatMap((url) =>
    [
      `/events?token=${old}`,
      `/event?token=${token}`,
      `/events?token=${token}&ticket=7`,
      `/jobs/7?token=${token}`,
    ].map((path) => ask(url, 'GET', path)),
  )
  const answers = await Promise.all(asked)
  streams.push(await openStream(on, {}, `?token=${token}`))
  const metrics = await fetch(`${on}/_api/metrics`, {
    headers: await bearer('root', { roles: ['admin'] }),
  })
  const written = [
    ...lines,
    await metrics.text(),
    ...answers.map(({ message, data }) => JSON.stringify([message, data])),
  ].join()
  expect(written).toContain('"path":"/_api/events"')
  expect(written).toContain('The directory is away')
  for (const part of [...token.split('.').slice(1), ...old.split('.').slice(1)])
    expect(written).not.toContain(part)
})

describe("Forge's released client, in a page of another origin", () => {
  it('starts, follows, watches, calls and uploads where its tokens are read', async () => {
    const client = createReleasedClient(on, await sign('ann'))
    await client.connect()
    const started = await client.call('export_users', { format: 'csv' })
    const jobId = String((started as { job_id: string }).job_id)
    const snapshot = await client.followJob('mine', jobId)
    const job = () =>
      client.updates.findLast(({ target }) => target === 'job:mine')?.payload ?? snapshot
    await expect.poll(job).toMatchObject({ status: 'completed', progress: 50, output: 'users.csv' })

    expect(await client.watch('all', 'names', null)).toEqual(['Ada'])
    expect(await client.call('rename', { name: 'Grace' })).toBe('Grace')
    await expect
      .poll(() => client.updates.at(-1))
      .toEqual({ target: 'sub:all', payload: ['Grace'] })
    expect(await client.call('names', {})).toEqual(['Grace'])
    await client.leave('all')

    const file = new File(['id\n1'], 'users.csv', { type: 'text/csv' })
    expect(await client.upload('import_users', file, { team: 'a' })).toBe('a id\n1')
    expect(new Set(client.sent.map(({ status }) => status))).toEqual(new Set([200]))
    client.close()
  })

  it("does so by a browser's own EventSource, fetch and preflights", async () => {
    const pages = createServer((_, response) => response.end('<!doctype html>')).listen(0)
    await once(pages, 'listening')
    const origin = `http://localhost:${(pages.address() as AddressInfo).port}`
    const url = await serve({
      auth: { jwt: { secret }, tokenInUrl: true },
      cors: { origins: [origin] },
    })
    const browser = await chromium.launch(await chromiumOptions())
    onTestFinished(async () => {
      await browser.close()
      pages.close()
    })
    const page = await browser.newPage()
    await page.goto(origin)
    const seen = await page.evaluate(
      async ([api, token]) => {
        const authorization = `Bearer ${token}`
        const send = async (path: string, headers: Record<string, string>, body: BodyInit) => {
          const init = { method: 'POST', headers, body, credentials: 'include' } as const
          const answer = await (await fetch(`${api}/_api${path}`, init)).json()
          return answer.data ?? answer.error
        }
        const json = { 'content-type': 'application/json', authorization }
        const source = new EventSource(`${api}/_api/events?token=${token}`)
        const connected = new Promise<{ data: string }>((resolve, reject) => {
          source.addEventListener('connected', resolve)
          source.onerror = () => reject(new Error('the stream was refused'))
        })
        let job = { status: '', output: '' }
        let tell = (_: unknown): void => undefined
        source.addEventListener('update', ({ data }) => {
          job = JSON.parse(data).payload
          tell(job)
        })
        const { session_id, session_secret } = JSON.parse((await connected).data)
        const call = { ...json, accept: 'application/vnd.forge.v1+json', 'x-forge-platform': 'web' }
        const args = { format: 'csv' }
        const { job_id } = await send('/rpc/export_users', call, JSON.stringify({ args }))
        const session = { session_id, session_secret, id: 'mine' }
        const answered = await send('/subscribe-job', json, JSON.stringify({ ...session, job_id }))
        if (job.status === '') job = answered
        while (job.status !== 'completed') await new Promise((resolve) => (tell = resolve))
        const form = new FormData()
        form.append('file', new File(['id'], 'users.csv', { type: 'text/csv' }))
        form.append('_json', '{"team":"a"}')
        const proof = { 'x-forge-platform': 'web', authorization }
        const uploaded = await send('/rpc/import_users/upload', proof, form)
        source.close()
        return { output: job.output, uploaded }
      },
      [url, await sign('ann')] as const,
    )
    expect(seen).toEqual({ output: 'users.csv', uploaded: 'a id' })
  })

  it('is refused at the stream where they are not', async () => {
    const client = createReleasedClient(off, await sign('ann'))
    await expect(client.connect()).rejects.toThrow('TOKEN_IN_URL')
  })
})
