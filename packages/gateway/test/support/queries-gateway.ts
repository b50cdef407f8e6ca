import {
  type Client,
  createClient,
  type QueryHandle,
  type QueryView,
  queriesOf,
} from '@headway/core'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { createGateway, type Gateway, query } from '../../src/index.ts'
import { query as ask, createDatabase } from './database.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

interface Row {
  id: number
  name: string
}

/** How often each query was run. */
export const runs: Record<string, number> = {}
const count = (name: string): void => {
  runs[name] = (runs[name] ?? 0) + 1
}
/** Where the slow queries wait until a test lets them end, and how many are there. */
export const gate = { isOpen: Promise.resolve(), waiting: 0 }

export const queries = {
  in_team: query({
    run: ({ sql, input }: { sql: import('../../src/index.ts').Sql; input: { team: string } }) => {
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
export const names = { queries: queriesOf<Api>() }

export let database: string
export let pool: pg.Pool
let gateway: Gateway
export let url: string
export let client: Client

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

export const insert = (id: number, name: string, team = 'a'): Promise<unknown> =>
  pool.query('insert into users (id, name, team) values ($1, $2, $3)', [id, name, team])
/** A query that is watched, and every result it has shown. */
export function watch<T>(handle: QueryHandle<T>) {
  const seen: QueryView<T>[] = []
  const stop = handle.subscribe(() => seen.push(handle.getSnapshot()))
  return {
    seen,
    stop,
    shows: (data: unknown) => expect.poll(() => handle.getSnapshot().data).toEqual(data),
    view: () => handle.getSnapshot(),
  }
}
