import { openStream, post } from '@headway/conformance'
import {
  type Client,
  createClient,
  defineQuery,
  type QueryHandle,
  type QueryView,
  queriesOf,
} from '@headway/core'
import { isRecord } from '@headway/core/protocol'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createGateway, type Gateway, query } from '../src/index.ts'
import { query as ask, createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

interface Row {
  id: number
  name: string
}

/** How often each query was run. */
const runs: Record<string, number> = {}
const count = (name: string): void => {
  runs[name] = (runs[name] ?? 0) + 1
}
/** Where the slow queries wait until a test lets them end, and how many are there. */
const gate = { isOpen: Promise.resolve(), waiting: 0 }

const queries = {
  in_team: query({
    run: ({ sql, input }: { sql: import('../src/index.ts').Sql; input: { team: string } }) => {
      count(`in_team ${input.team}`)
      return sql<Row>`select id, name from users where team = ${input.team} order by id`
    },
  }),
  declared: query({
    tables: ['users'],
    run: async ({ sql }) => {
      const [row] = await sql<{ count: number }>`select count_users() as count`
      return row?.count
    },
  }),
  viewed: query({ run: ({ sql }) => sql<Row>`select id, name from team_a order by id` }),
  parted: query({ run: ({ sql }) => sql<Row>`select id, name from parts order by id` }),
  mine: query({
    run: ({ sql, principal }) =>
      sql<Row>`select id, name from users where name = ${principal?.id ?? ''} order by id`,
  }),
  fragile: query({
    run: async ({ sql }) => {
      const [row] = await sql<{ ratio: number }>`select 100 / divisor as ratio from fragile`
      return row?.ratio
    },
  }),
  slow: query({
    run: async ({ sql }) => {
      await sql`select pg_sleep(1) from users, fragile limit 1`
      gate.waiting += 1
      await gate.isOpen
      gate.waiting -= 1
      return null
    },
  }),
  untouched: query({ run: ({ sql }) => sql`select * from untouched` }),
  writes: query({ run: ({ sql }) => sql`delete from users` }),
  admins: query({ roles: ['staff'], run: () => 'secret' }),
  open: query({ public: true, run: () => 'for everybody' }),
}
type Api = Gateway<Record<never, never>, Record<never, never>, typeof queries>['api']
const names = { queries: queriesOf<Api>() }

let database: string
let pool: pg.Pool
let gateway: Gateway
let url: string
let client: Client

beforeAll(async () => {
  database = await createDatabase()
  pool = new pg.Pool({ connectionString: database })
  // One test cuts every connection, this one's too.
  pool.on('error', () => undefined)
  await ask(
    database,
    `create table users (id integer primary key, name text not null, team text not null);
     create view team_a as select id, name from users where team = 'a';
     create function count_users() returns integer language plpgsql stable as
       $$ begin return (select count(*) from users); end $$;
     create table parts (id integer, name text) partition by range (id);
     create table parts_1 partition of parts for values from (0) to (100);
     create table fragile (divisor integer);
     create table untouched (id integer);
     insert into fragile values (5)`,
  )
  gateway = await createGateway({ database, queries, logger: quiet })
  url = (await gateway.listen(0)).url
  client = createClient({ url })
})
afterAll(async () => {
  client?.close()
  await gateway?.close()
  await pool?.end()
})
beforeEach(() => ask(database, 'truncate users'))

const insert = (id: number, name: string, team = 'a'): Promise<unknown> =>
  pool.query('insert into users (id, name, team) values ($1, $2, $3)', [id, name, team])
/** A query that is watched, and every result it has shown. */
function watch<T>(handle: QueryHandle<T>) {
  const seen: QueryView<T>[] = []
  const stop = handle.subscribe(() => seen.push(handle.getSnapshot()))
  return {
    seen,
    stop,
    shows: (data: unknown) => expect.poll(() => handle.getSnapshot().data).toEqual(data),
    view: () => handle.getSnapshot(),
  }
}

describe('a live query', () => {
  it('shows its result, and what it becomes', async () => {
    const team = watch(client.watch(names.queries.in_team, { team: 'a' }))
    await team.shows([])
    await insert(1, 'Ann')
    await team.shows([{ id: 1, name: 'Ann' }])
    await pool.query(`update users set name = 'Anna' where id = 1`)
    await team.shows([{ id: 1, name: 'Anna' }])
    await pool.query('truncate users')
    await team.shows([])
    expect(team.view()).toMatchObject({ loading: false, stale: false, sync: { status: 'live' } })
    team.stop()
  })

  it('is told nothing when its result is the same', async () => {
    const team = watch(client.watch(names.queries.in_team, { team: 'a' }))
    const other = watch(client.watch(names.queries.in_team, { team: 'b' }))
    await other.shows([])
    await team.shows([])
    const before = team.seen.length
    await insert(1, 'Bob', 'b')
    await other.shows([{ id: 1, name: 'Bob' }])
    await insert(2, 'Ann')
    await team.shows([{ id: 2, name: 'Ann' }])
    expect(team.seen).toHaveLength(before + 1)
    team.stop()
    other.stop()
  })

  it('is run once for all who ask the same, and once for many changes', async () => {
    const clients = Array.from({ length: 5 }, () => createClient({ url }))
    const teams = clients.map((client) =>
      watch(client.watch(names.queries.in_team, { team: 'many' })),
    )
    for (const team of teams) await team.shows([])
    const before = runs['in_team many'] ?? 0
    // Transactions of their own, so that each has its note; in one request, so that nothing of this
    // process comes between them.
    const inserts = [1, 2, 3, 4, 5].map(
      (id) => `begin; insert into users values (${id}, '${id}', 'many'); commit`,
    )
    await pool.query(inserts.join('; '))
    const rows = [1, 2, 3, 4, 5].map((id) => ({ id, name: `${id}` }))
    for (const team of teams) await team.shows(rows)
    // A change may fall behind the run for those before it.
    expect((runs['in_team many'] ?? 0) - before).toBeLessThanOrEqual(2)
    for (const client of clients) client.close()
  })

  it.each(['declared', 'viewed', 'parted'] as const)(
    'is told of what functions, views and partitions read: %s',
    async (name) => {
      await pool.query('truncate parts')
      const watched = watch(client.watch(defineQuery<undefined, unknown>(name)))
      await watched.shows(name === 'declared' ? 0 : [])
      await insert(1, 'Ann')
      await pool.query(`insert into parts values (1, 'Ann')`)
      await watched.shows(name === 'declared' ? 1 : [{ id: 1, name: 'Ann' }])
      await insert(2, 'Bob')
      await pool.query(`insert into parts_1 values (2, 'Bob')`)
      const both = [
        { id: 1, name: 'Ann' },
        { id: 2, name: 'Bob' },
      ]
      await watched.shows(name === 'declared' ? 2 : both)
      watched.stop()
    },
  )

  it('that fails keeps what it had, and says that it may be old', async () => {
    const watched = watch(client.watch(names.queries.fragile, undefined as never))
    await watched.shows(20)
    await pool.query('update fragile set divisor = 0')
    await expect
      .poll(() => watched.view())
      .toMatchObject({
        data: 20,
        stale: true,
        error: { message: 'The query failed' },
      })
    await pool.query('update fragile set divisor = 10')
    await expect
      .poll(() => watched.view())
      .toMatchObject({
        data: 10,
        stale: false,
        error: null,
      })
    watched.stop()
  })

  it('that is slow keeps no other waiting', async () => {
    await insert(1, 'Ann')
    const slow = Array.from({ length: 8 }, (_, index) =>
      watch(client.watch(names.queries.slow, index as never)),
    )
    const team = watch(client.watch(names.queries.in_team, { team: 'a' }))
    for (const { view } of slow) {
      await expect.poll(() => view().loading).toBe(false)
    }
    let rows = [{ id: 1, name: 'Ann' }]
    const change = async (): Promise<void> => {
      const id = rows.length + 1
      rows = [...rows, { id, name: `n${id}` }]
      await insert(id, `n${id}`)
      await team.shows(rows)
    }
    const isQuick = async (): Promise<boolean> => {
      const before = performance.now()
      await change()
      return performance.now() - before < 500
    }
    // A pause in its last run would make this query a slow one, too: that takes 500 ms.
    while (!(await isQuick()));
    let open = (): void => undefined
    gate.isOpen = new Promise((resolve) => {
      open = resolve
    })
    try {
      await pool.query('update fragile set divisor = 5')
      await expect.poll(() => gate.waiting).toBeGreaterThan(2)
      // None of the slow ones can end meanwhile.
      await change()
    } finally {
      open()
    }
    for (const { stop } of [...slow, team]) stop()
  })

  it('is found again by whoever comes back, without a change in between being lost', async () => {
    const team = watch(client.watch(names.queries.in_team, { team: 'a' }))
    await team.shows([])
    client.pause()
    await insert(1, 'Ann')
    client.resume()
    await team.shows([{ id: 1, name: 'Ann' }])
    team.stop()
  })

  it('is asked again when nobody has listened for a while', async () => {
    const team = watch(client.watch(names.queries.in_team, { team: 'a' }))
    await team.shows([])
    await ask(
      database,
      `insert into users values (1, 'Ann', 'a');
       select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await team.shows([{ id: 1, name: 'Ann' }])
    team.stop()
  })

  it('whatever is committed in which order: what is shown last is what is there', async () => {
    const team = watch(client.watch(names.queries.in_team, { team: 'p' }))
    const change = fc.record({
      client: fc.integer({ min: 0, max: 2 }),
      do: fc.constantFrom('insert', 'update', 'delete', 'commit', 'rollback'),
      id: fc.integer({ min: 0, max: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
        const clients = await Promise.all([0, 1, 2].map(() => pool.connect()))
        // Rows of their own, so that none waits for another: it is the order of their ends that counts.
        for (const one of clients) await one.query('begin')
        for (const { client: index, do: what, id } of changes) {
          const one = clients[index]
          const key = 100 * index + id
          if (what === 'insert') {
            await one?.query(`insert into users values ($1, $2, 'p') on conflict (id) do nothing`, [
              key,
              `n${key}`,
            ])
          }
          if (what === 'update') {
            await one?.query('update users set name = name || $2 where id = $1', [key, id])
          }
          if (what === 'delete') await one?.query('delete from users where id = $1', [key])
          if (what === 'commit' || what === 'rollback') {
            await one?.query(what)
            await one?.query('begin')
          }
        }
        for (const one of [...clients].reverse()) {
          await one.query('commit')
          one.release()
        }
        const { rows } = await pool.query(`select id, name from users where team = 'p' order by id`)
        await team.shows(rows)
      }),
      { numRuns: 25 },
    )
    team.stop()
  })
})

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
