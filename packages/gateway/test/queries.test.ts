import { openStream, post } from '@headway/conformance/wire'
import { type Client, createClient, defineQuery, queriesOf } from '@headway/core'
import { isRecord } from '@headway/core/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGateway, type Gateway, query } from '../src/index.ts'
import { query as ask } from './support/database.ts'
import { client, database, insert, names, queries, url, watch } from './support/queries-gateway.ts'
import { quiet } from './support/quiet.ts'

describe('a query that is asked once', () => {
  it('gives its result, and makes no table say when it changes', async () => {
    await insert(1, 'Ann')
    expect(await client.call(names.queries.in_team, { team: 'a' })).toEqual([
      { id: 1, name: 'Ann' },
    ])
    expect(await client.call(names.queries.untouched)).toEqual([])
    const triggers = `select tgname from pg_trigger where tgrelid = 'untouched'::regclass`
    expect(await ask(database, triggers)).toEqual([])
  })

  it('has a revision, which grows with each change', async () => {
    const ask = async (): Promise<number> => {
      const { body } = await post(url, '/rpc/in_team', { args: { team: 'a' } })
      return isRecord(body) ? Number(body.revision) : Number.NaN
    }
    const before = await ask()
    await insert(2, 'Bob')
    expect(await ask()).toBeGreaterThan(before)
  })

  it('changes nothing', async () => {
    await insert(1, 'Ann')
    await expect(client.call(names.queries.writes)).rejects.toMatchObject({ status: 500 })
    expect(await ask(database, 'select id from users')).toEqual([{ id: 1 }])
  })

  it('ends in time', async () => {
    const never = query({ run: ({ sql }) => sql`select pg_sleep(600)` })
    const options = { database, queries: { never }, queryTimeoutSecs: 1, logger: quiet }
    const brief = await createGateway(options)
    const client = createClient({ url: (await brief.listen(0)).url })
    await expect(client.call(queriesOf<typeof brief.api>().never)).rejects.toMatchObject({
      code: 'TIMEOUT',
      status: 504,
    })
    client.close()
    await brief.close()
  })
})

describe('who may ask', () => {
  const roles: Record<string, string[]> = { ann: [], bob: ['staff'], eve: ['admin'] }
  let guarded: Gateway
  let at: string

  beforeAll(async () => {
    guarded = await createGateway({
      database,
      queries,
      logger: quiet,
      auth: {
        authenticate: async ({ headers }) => {
          const id = headers.get('authorization')?.replace('Bearer ', '')
          return id ? { id, roles: roles[id] ?? [] } : null
        },
      },
    })
    at = (await guarded.listen(0)).url
  })
  afterAll(() => guarded?.close())
  const as = (token: string | null): Client => createClient({ url: at, token: async () => token })

  it.each([
    [null, 'open', 'for everybody'],
    ['ann', 'open', 'for everybody'],
    [null, 'admins', 'UNAUTHORIZED'],
    [null, 'viewed', 'UNAUTHORIZED'],
    ['ann', 'admins', 'FORBIDDEN'],
    ['bob', 'admins', 'secret'],
    ['eve', 'admins', 'secret'],
  ] as const)('%s, %s: %s', async (who, name, expected) => {
    const client = as(who)
    const called = await client
      .call(defineQuery<undefined, unknown>(name))
      .catch((error: { code: string }) => error.code)
    expect(called).toBe(expected)
    const watched = watch(client.watch(defineQuery<undefined, unknown>(name)))
    await expect.poll(() => watched.view().loading).toBe(false)
    const { data, error } = watched.view()
    expect(data ?? (error as { code?: string } | null)?.code).toBe(expected)
    watched.stop()
    client.close()
  })

  it('each has a result of their own', async () => {
    await insert(1, 'ann')
    await insert(2, 'bob')
    const clients = [as('ann'), as('bob')]
    const [anns, bobs] = clients.map((client) =>
      watch(client.watch(names.queries.mine, undefined as never)),
    )
    await anns?.shows([{ id: 1, name: 'ann' }])
    await bobs?.shows([{ id: 2, name: 'bob' }])
    for (const client of clients) client.close()
  })
})

describe('on the wire', () => {
  const subscribe = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const stream = await openStream(url, headers)
    const answer = await post(url, path, { ...stream.session, ...body })
    stream.close()
    return answer
  }

  it('a result comes with its revision, alone and in a batch beside others', async () => {
    await insert(1, 'Ann')
    const query = { id: 'mine', function: 'in_team', args: { team: 'a' } }
    const alone = await subscribe('/subscribe', query)
    const data = [{ id: 1, name: 'Ann' }]
    expect(alone.body).toEqual({ success: true, data, revision: expect.any(Number) })
    const items = [
      { kind: 'query', ...query },
      { kind: 'job', id: 'j', job_id: '00000000-0000-4000-8000-000000000000' },
      { kind: 'query', id: 'other', function: 'nobody', args: null },
    ]
    const { body } = await subscribe('/subscribe-batch', { items })
    expect(isRecord(body) && body.data).toEqual([
      { kind: 'query', id: 'mine', success: true, data, revision: expect.any(Number) },
      {
        kind: 'job',
        id: 'j',
        success: false,
        error: expect.objectContaining({ code: 'JOB_NOT_FOUND' }),
      },
      {
        kind: 'query',
        id: 'other',
        success: false,
        error: expect.objectContaining({ code: 'NOT_FOUND' }),
      },
    ])
  })

  it('is ended as Forge ends it, without a kind', async () => {
    const stream = await openStream(url)
    const body = { ...stream.session, id: 'q', function: 'in_team', args: { team: 'a' } }
    expect((await post(url, '/subscribe', body)).status).toBe(200)
    expect((await post(url, '/unsubscribe', { ...stream.session, id: 'q' })).status).toBe(200)
    expect((await post(url, '/unsubscribe', { ...stream.session, id: 'q' })).status).toBe(404)
    stream.close()
  })
})
