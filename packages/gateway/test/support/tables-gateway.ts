import { type Client, createClient, type QueryHandle, queriesOf } from '@headway/core'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { createGateway, type Gateway, query, type Sql } from '../../src/index.ts'
import { query as ask, createDatabase } from './database.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

/** Everything in a table, view or what else there is. */
const all = (table: string) =>
  query({
    run: ({ sql }) => {
      const parts = [`select * from ${table} order by 1`]
      return sql(Object.assign(parts, { raw: parts }) as TemplateStringsArray)
    },
  })

export const queries = {
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
export const names = { queries: queriesOf<Api>() }

export let database: string
export let pool: pg.Pool
let gateway: Gateway
let url: string
export let client: Client

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
export function watch<T>(handle: QueryHandle<T>) {
  const stop = handle.subscribe(() => undefined)
  const shows = (data: unknown) => expect.poll(() => handle.getSnapshot().data).toEqual(data)
  return { stop, shows, view: () => handle.getSnapshot() }
}
export const users = (...numbers: number[]) => numbers.map((id) => ({ id, name: 'a' }))
