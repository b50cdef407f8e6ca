import { type Client, createClient, type QueryHandle, queriesOf } from '@headway/core'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createGateway, type Gateway, query, type Sql } from '../src/index.ts'
import { query as ask, createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

/** Everything in a table, view or what else there is. */
const all = (table: string) =>
  query({
    run: ({ sql }) => {
      const parts = [`select * from ${table} order by 1`]
      return sql(Object.assign(parts, { raw: parts }) as TemplateStringsArray)
    },
  })

const queries = {
  users: all('users'),
  parts: all('parts'),
  one_part: query({
    run: ({ sql, input }: { sql: Sql; input: number }) =>
      sql`select name from parts where id = ${input} order by name`,
  }),
  guarded: query({
    run: ({ sql, input }: { sql: Sql; input: string }) =>
      sql`select id from users where ${input} = 'shown'::text order by id`,
  }),
  upper: all('upper_view'),
  declared_view: query({
    tables: ['upper_view'],
    run: async ({ sql }) => (await sql`select count(*)::integer as n from users`)[0]?.n,
  }),
  parent: all('parent'),
  unlogged: all('unlogged'),
  totals: all('totals'),
  declared_totals: query({ tables: ['users'], run: ({ sql }) => sql`select * from totals` }),
  catalog: query({ run: ({ sql }) => sql`select relname from pg_class limit 1` }),
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
  const { pathname } = new URL(database)
  await ask(database, `alter database ${pathname.slice(1)} set search_path = public`)
  pool = new pg.Pool({ connectionString: database })
  gateway = await createGateway({ database, queries, logger: quiet })
  url = (await gateway.listen(0)).url
})
afterAll(async () => {
  await gateway?.close()
  await pool?.end()
})
beforeEach(async () => {
  // Of its own, so that nothing is kept from the test before.
  client = createClient({ url })
  await pool.query(`
    drop schema public cascade; create schema public;
    create table users (id integer, name text);
    create table parts (id integer, name text) partition by range (id);
    create table parts_1 partition of parts for values from (0) to (10);
    create table parts_2 partition of parts for values from (10) to (20);
    create view lower_view as select id from users;
    create view upper_view as select id from lower_view;
    create table parent (id integer);
    create table child () inherits (parent);
    create unlogged table unlogged (id integer);
    create materialized view totals as select count(*)::integer as n from users`)
})
afterEach(() => client.close())

/**
 * As psql would: each statement commits by itself, but what stands between `begin` and `commit`.
 */
async function tell(statements: string): Promise<void> {
  const session = new pg.Client({ connectionString: database })
  await session.connect()
  for (const statement of statements.split(';')) await session.query(statement)
  await session.end()
}
function watch<T>(handle: QueryHandle<T>) {
  const stop = handle.subscribe(() => undefined)
  const shows = (data: unknown) => expect.poll(() => handle.getSnapshot().data).toEqual(data)
  return { stop, shows, view: () => handle.getSnapshot() }
}
const ids = (...numbers: number[]) => numbers.map((id) => ({ id }))
const users = (...numbers: number[]) => numbers.map((id) => ({ id, name: 'a' }))

/**
 * A query that is watched, what it shows, what changes, what it has to show then; what changes
 * after that, and what then.
 */
const stories: [
  string,
  keyof typeof queries,
  unknown,
  unknown,
  string,
  unknown,
  string?,
  unknown?,
][] = [
  [
    'its table is swapped for another',
    'users',
    null,
    [],
    `create table fresh (like users); begin; alter table users rename to old;
     alter table fresh rename to users; commit; insert into users values (1, 'a')`,
    users(1),
    `insert into users values (2, 'a')`,
    users(1, 2),
  ],
  [
    'its table is swapped for one that is full already, and no row changes after',
    'users',
    null,
    [],
    `create table fresh (like users); insert into fresh values (2, 'a');
     begin; drop table users cascade; alter table fresh rename to users; commit`,
    users(2),
    `insert into users values (3, 'a')`,
    users(2, 3),
  ],
  [
    'its schema is swapped',
    'users',
    null,
    [],
    `create schema next; create table next.users (like users); insert into next.users values (3, 'a');
     begin; alter schema public rename to past; alter schema next rename to public; commit;
     drop schema past cascade`,
    users(3),
    `insert into users values (4, 'a')`,
    users(3, 4),
  ],
  [
    'rows come by replication',
    'users',
    null,
    [],
    `set session_replication_role = replica; insert into users values (4, 'a')`,
    users(4),
  ],
  [
    'a partition that was made later is written directly',
    'parts',
    null,
    [],
    `create table parts_3 partition of parts for values from (20) to (30);
     insert into parts_3 values (21, 'a')`,
    users(21),
    `insert into parts_3 values (22, 'a')`,
    users(21, 22),
  ],
  [
    'a partition is attached',
    'parts',
    null,
    [],
    `create table parts_3 (id integer, name text); insert into parts_3 values (22, 'a');
     alter table parts attach partition parts_3 for values from (20) to (30)`,
    users(22),
    `insert into parts_3 values (23, 'a')`,
    users(22, 23),
  ],
  [
    'a view over a view changes below',
    'upper',
    null,
    [],
    `insert into users values (5, 'a')`,
    ids(5),
  ],
  [
    'its view is made anew, over another table',
    'upper',
    null,
    [],
    `create table others (id integer); create or replace view lower_view as select id from others;
     insert into others values (6)`,
    ids(6),
    `insert into others values (7)`,
    ids(6, 7),
  ],
  [
    'a view that was declared changes below',
    'declared_view',
    null,
    0,
    `insert into users values (7, 'a')`,
    1,
  ],
  [
    'what inherits from its table is written',
    'parent',
    null,
    [],
    'insert into child values (8)',
    ids(8),
  ],
  [
    'what inherits was made later',
    'parent',
    null,
    [],
    'create table late () inherits (parent); insert into late values (9)',
    ids(9),
    `insert into late values (10)`,
    ids(9, 10),
  ],
  ['its table is not logged', 'unlogged', null, [], 'insert into unlogged values (10)', ids(10)],
  [
    'its trigger was dropped',
    'users',
    null,
    [],
    `drop trigger headway_note_change on users; insert into users values (11, 'a')`,
    users(11),
    `insert into users values (12, 'a')`,
    users(11, 12),
  ],
  [
    'its triggers were disabled while it was filled',
    'users',
    null,
    [],
    `alter table users disable trigger all; insert into users values (12, 'a')`,
    users(12),
    `insert into users values (13, 'a')`,
    users(12, 13),
  ],
]

describe('a live query runs again when', () => {
  it.each(stories)('%s', async (_, name, input, before, change, after, next, last) => {
    const watched = watch(client.watch(names.queries[name as 'users'], input as never))
    await watched.shows(before)
    await tell(change)
    await watched.shows(after)
    if (next) await tell(next)
    await watched.shows(next ? last : after)
    watched.stop()
  })

  it('its table is emptied, dropped, and made again', async () => {
    await pool.query(`insert into users values (1, 'a')`)
    const watched = watch(client.watch(names.queries.users, null as never))
    await watched.shows(users(1))
    await pool.query('truncate users')
    await watched.shows([])
    await pool.query('drop table users cascade')
    await expect.poll(() => watched.view().stale).toBe(true)
    await pool.query(
      `create table users (id integer, name text); insert into users values (2, 'a')`,
    )
    await expect.poll(() => watched.view().data).toEqual(users(2))
    expect(watched.view()).toMatchObject({ stale: false, error: null })
    watched.stop()
  })

  it('another client watches it after its table was swapped', async () => {
    const first = watch(client.watch(names.queries.users, null as never))
    await first.shows([])
    first.stop()
    await pool.query('alter table users rename to old; create table users (id integer, name text)')
    const second = watch(client.watch(names.queries.users, null as never))
    await second.shows([])
    await pool.query(`insert into users values (1, 'a')`)
    await second.shows(users(1))
    second.stop()
  })

  it('another input reads another partition than the first', async () => {
    const low = watch(client.watch(names.queries.one_part, 1 as never))
    await low.shows([])
    const high = watch(client.watch(names.queries.one_part, 11 as never))
    await high.shows([])
    await pool.query(`insert into parts_2 values (11, 'a')`)
    await high.shows([{ name: 'a' }])
    low.stop()
    high.stop()
  })

  it('the first input lets the planner leave the table out', async () => {
    const hidden = watch(client.watch(names.queries.guarded, 'hidden' as never))
    await hidden.shows([])
    const shown = watch(client.watch(names.queries.guarded, 'shown' as never))
    await shown.shows([])
    await pool.query(`insert into users values (1, 'a')`)
    await shown.shows(ids(1))
    hidden.stop()
    shown.stop()
  })
})

describe('a table that cannot say when it changes', () => {
  it.each([
    ['totals', [{ n: 0 }], 'materialized view'],
    ['catalog', [{ relname: expect.any(String) }], 'system catalog'],
  ] as const)('%s can be called, and is refused to be watched', async (name, result, why) => {
    expect(await client.call(names.queries[name])).toEqual(result)
    const watched = watch(client.watch(names.queries[name], null as never))
    await expect.poll(() => watched.view().error?.message).toContain(why)
    expect(watched.view().error).toMatchObject({ code: 'INVALID_ARGUMENT', status: 400 })
    watched.stop()
  })

  it('can be watched by the tables that `tables` names', async () => {
    const watched = watch(client.watch(names.queries.declared_totals, null as never))
    await watched.shows([{ n: 0 }])
    await pool.query(
      `insert into users values (1, 'a'); refresh materialized view totals; insert into users values (2, 'a')`,
    )
    await watched.shows([{ n: 1 }])
    watched.stop()
  })

  it('a table of another role can be watched once its owner has made the trigger', async () => {
    const { username, pathname } = new URL(database)
    const role = `guest_${pathname.slice(-6)}`
    await pool.query(`
      create role ${role} login password 'guest';
      grant all on schema headway, public to ${role};
      grant all on all tables in schema headway, public to ${role};
      grant create on database ${pathname.slice(1)} to ${role}`)
    const at = new URL(database)
    at.username = role
    at.password = 'guest'
    const guest = await createGateway({ database: at.href, queries, logger: quiet })
    const visitor = createClient({ url: (await guest.listen(0)).url })
    const watched = watch(visitor.watch(names.queries.users, null as never))
    await expect.poll(() => watched.view().sync.reason).toBe('SUBSCRIPTION_FAILED')
    await pool.query(`select headway.watch_table('users')`)
    await watched.shows([])
    await pool.query(`insert into users values (1, 'a')`)
    await watched.shows(users(1))
    watched.stop()
    visitor.close()
    await guest.close()
    await pool.query(`drop owned by ${role}; drop role ${role}`)
    expect(username).not.toBe(role)
  })
})
