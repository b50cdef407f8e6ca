import { afterAll, beforeAll, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, type Gateway, mutation, query } from '../src/index.ts'
import { ask } from './support/attack.ts'
import { query as askDatabase, createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const mib = 1_048_576
let database: string
let gateway: Gateway
let url: string
/** How often the large mutation has run. */
let runs = 0

beforeAll(async () => {
  database = await createDatabase()
  const queries = {
    hangs: query({ run: () => new Promise(() => undefined) }),
    one: query({ run: ({ sql }) => sql`select 1 as one` }),
  }
  const run = (): string => {
    runs += 1
    return 'x'.repeat(12 * mib)
  }
  const mutations = { large: mutation({ run }) }
  gateway = await createGateway({
    database,
    engine: bullmq(),
    queries,
    mutations,
    maxOutputBytes: 16 * mib,
    requestTimeoutSecs: 20,
    maxSessionsPerUser: 1,
    auth: { authenticate: async () => ({ id: 'ann' }) },
    logger: quiet,
  })
  url = (await gateway.listen(0)).url
})
afterAll(() => gateway?.close())

it('queries whose code hangs leave their connections once PostgreSQL has ended them', async () => {
  const hanging = Array.from({ length: 10 }, () => ask(url, 'POST', '/rpc/hangs'))
  const terminate = () =>
    askDatabase(
      database,
      `select pg_terminate_backend(pid) as done from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'`,
    )
  // As it does by itself after a minute.
  let ended = 0
  const endMore = async () => {
    ended += (await terminate()).length
    return ended
  }
  await expect.poll(endMore).toBeGreaterThanOrEqual(10)
  for (const { status } of await Promise.all(hanging)) expect(status).toBeGreaterThanOrEqual(500)
  expect(await ask(url, 'POST', '/rpc/one')).toMatchObject({ status: 200 })
})

it('a stream by fetch whose request was aborted is over, read or not', async () => {
  const open = (signal: AbortSignal) =>
    gateway.fetch(new Request('http://localhost/_api/events', { signal }), { ip: '127.0.0.1' })
  const gone = new AbortController()
  expect((await open(gone.signal)).status).toBe(200)
  gone.abort()
  const next = new AbortController()
  expect((await open(next.signal)).status).toBe(200)
  next.abort()
})

it('what mutations answer takes room among the answers that are not read', async () => {
  const unread = await Promise.all(
    [1, 2].map(() =>
      fetch(`${url}/_api/rpc/large`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
    ),
  )
  const [{ id = '' } = {}] = await askDatabase<{ id: string }>(
    database,
    `select headway.start_job('report', 'ann') as id`,
  )
  await askDatabase(database, `select headway.complete($1, to_json(repeat('x', 1048576)))`, [id])
  expect(await ask(url, 'GET', `/jobs/${id}`)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  // A third one has no effect.
  const refused = { status: 503, code: 'SERVICE_UNAVAILABLE' }
  expect(await ask(url, 'POST', '/rpc/large')).toMatchObject(refused)
  expect(runs).toBe(2)
  for (const answer of unread) expect((await answer.text()).length).toBeGreaterThan(12 * mib)
  await expect.poll(async () => (await ask(url, 'GET', `/jobs/${id}`)).status).toBe(200)
  expect(await ask(url, 'POST', '/rpc/large')).toMatchObject({ status: 200 })
})
