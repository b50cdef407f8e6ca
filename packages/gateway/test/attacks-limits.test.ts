import { randomUUID } from 'node:crypto'
import { openStream } from '@headway/conformance/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGateway, type Gateway, job, query, workflow } from '../src/index.ts'
import { ask, bearer, member, secret } from './support/attack.ts'
import { createDatabase, query as run } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { memoryWorkflowEngine } from './support/memory-workflow-engine.ts'
import { quiet } from './support/quiet.ts'

/* How much a stranger can make the gateway keep, and send. */

let database: string
let gateway: Gateway
let url: string

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway({
    database,
    engine: memoryEngine(),
    workflowEngine: memoryWorkflowEngine(),
    jobs: { open: job({ public: true, run: () => null }) },
    workflows: { waits: workflow({ public: true, run: (ctx) => ctx.waitFor('word') }) },
    queries: { echo: query({ public: true, run: ({ input }) => input }) },
    logger: quiet,
    auth: { jwt: { secret } },
    trustProxy: 1,
    maxRegistrations: 3,
  })
  url = (await gateway.listen(0)).url
})
afterAll(() => gateway?.close())

describe('HEAD', () => {
  const begin = async () => String(member(await ask(url, 'POST', '/rpc/open'), 'job_id'))

  it.each<[string, () => Promise<string> | string]>([
    ['health', () => '/health'],
    ['ready', () => '/ready'],
    ['a job', async () => `/jobs/${await begin()}`],
    ['a job that is not there', () => `/jobs/${randomUUID()}`],
    ['a workflow that is not there', () => `/workflows/${randomUUID()}`],
    ['metrics, without the role', () => '/metrics'],
  ])('%s is answered as GET is, without the body', async (_, pathOf) => {
    const path = await pathOf()
    const [got, head] = await Promise.all(
      ['GET', 'HEAD'].map((method) => fetch(`${url}/_api${path}`, { method })),
    )
    expect(head?.status).toBe(got?.status)
    expect(head?.headers.get('content-type')).toBe(got?.headers.get('content-type'))
    expect(head?.headers.get('content-length')).toBe(got?.headers.get('content-length'))
    expect(await head?.text()).toBe('')
  })

  it('of a stream is refused', async () => {
    const { status, headers } = await fetch(`${url}/_api/events`, { method: 'HEAD' })
    expect([status, headers.get('allow')]).toEqual([405, 'GET, POST'])
  })
})

describe('tickets', () => {
  it('one user cannot use up the tickets of others', async () => {
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const mint = (headers: Record<string, string>) => ask(url, 'POST', '/events/ticket', headers)
    const hers = member(await mint(ann), 'ticket')
    const his = await Promise.all(Array.from({ length: 300 }, () => mint(bob)))
    expect(new Set(his.map(({ status }) => status))).toEqual(new Set([200]))
    const first = await fetch(
      `${url}/_api/events?ticket=${member(his[0] ?? (await mint(bob)), 'ticket')}`,
    )
    expect(first.status).toBe(401)
    const stream = await openStream(url, {}, `?ticket=${hers}`)
    stream.close()
  })
})

describe('long values', () => {
  it('a long URL is refused', async () => {
    for (const path of [`/jobs/${'x'.repeat(9_000)}`, `/events?ticket=${'x'.repeat(9_000)}`]) {
      expect(await ask(url, 'GET', path)).toMatchObject({ status: 414, code: 'URI_TOO_LONG' })
    }
    const response = await gateway.fetch(new Request(`http://localhost/_api/${'x'.repeat(9_000)}`))
    expect(response.status).toBe(414)
  })

  it('long headers are refused by Node', async () => {
    const long = { authorization: `Bearer ${'x'.repeat(20_000)}` }
    expect((await fetch(`${url}/_api/health`, { headers: long })).status).toBe(431)
  })

  it('long ids, kinds and arguments of registrations are refused, and not sent back whole', async () => {
    const { session, close } = await openStream(url)
    const long = 'x'.repeat(100_000)
    const items = [
      { kind: 'job', id: long, job_id: randomUUID() },
      { kind: long, id: 'a' },
      { kind: 'query', id: 'b', function: 'echo', args: long },
      { kind: 'query', id: 'c', function: long },
    ]
    const answer = await ask(url, 'POST', '/subscribe-batch', {}, { ...session, items })
    expect(answer.data).toMatchObject([
      { error: { code: 'INVALID_ID' } },
      { error: { code: 'NOT_FOUND' } },
      { error: { code: 'PAYLOAD_TOO_LARGE' } },
      { error: { code: 'VALIDATION_ERROR' } },
    ])
    expect(JSON.stringify(answer.data).length).toBeLessThan(2_000)
    const body = { ...session, id: 'a', function: 'echo', args: long }
    expect(await ask(url, 'POST', '/subscribe', {}, body)).toMatchObject({ status: 413 })
    // A call keeps nothing.
    const called = await ask(url, 'POST', '/rpc/echo', {}, { args: long })
    expect(called).toMatchObject({ status: 200, data: long })
    close()
  })
})

it('the limit of registrations counts all requests of a session', async () => {
  const { session, close } = await openStream(url)
  const register = (id: string) =>
    ask(url, 'POST', '/subscribe', {}, { ...session, id, function: 'echo' })
  for (const id of ['a', 'b', 'c', 'a']) expect(await register(id)).toMatchObject({ status: 200 })
  expect(await register('d')).toMatchObject({ status: 429, code: 'TOO_MANY_SUBSCRIPTIONS' })
  const items = ['e', 'f'].map((id) => ({ kind: 'query', id, function: 'echo' }))
  const { data } = await ask(url, 'POST', '/subscribe-batch', {}, { ...session, items })
  expect(data).toMatchObject(items.map(() => ({ error: { code: 'TOO_MANY_SUBSCRIPTIONS' } })))
  close()
})

it('the queries of a session have so many bytes of arguments in all', async () => {
  const many = await createGateway({
    database,
    queries: { echo: query({ public: true, run: () => 'short' }) },
    logger: quiet,
    auth: { jwt: { secret } },
  })
  const at = (await many.listen(0)).url
  const { session, close } = await openStream(at)
  const register = (id: number, length = 60_000) =>
    ask(
      at,
      'POST',
      '/subscribe',
      {},
      {
        ...session,
        id: String(id),
        function: 'echo',
        args: `${id} ${'x'.repeat(length)}`,
      },
    )
  for (let id = 0; id < 17; id += 1) expect(await register(id)).toMatchObject({ status: 200 })
  expect(await register(17)).toMatchObject({ status: 429, code: 'TOO_MANY_SUBSCRIPTIONS' })
  // A short one fits, also in the place of a long one, which makes room.
  for (const id of [18, 0]) expect(await register(id, 10)).toMatchObject({ status: 200 })
  expect(await register(17)).toMatchObject({ status: 200 })
  close()
  await many.close()
})

it('the limit of events of a workflow also counts those that were taken', async () => {
  const id = member(await ask(url, 'POST', '/rpc/waits'), 'workflow_id')
  await run(
    database,
    `insert into headway.event (run_id, name, taken_by)
     select $1, 'word', 'wait' from generate_series(1, 9999)`,
    [id],
  )
  const tell = () => ask(url, 'POST', `/workflows/${id}/events/word`)
  expect(await tell()).toMatchObject({ status: 200 })
  expect(await tell()).toMatchObject({ status: 429, code: 'TOO_MANY_EVENTS' })
})
