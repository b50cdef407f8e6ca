import { type Client, createClient, mutationsOf, queriesOf } from '@headway/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGateway, type Gateway, mutation, query, type Sql } from '../src/index.ts'
import { query as ask, createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

/** A Standard Schema that makes something of what comes. */
const makes = <T>(make: (value: never) => T) => ({
  '~standard': {
    version: 1 as const,
    vendor: 'test',
    validate: (value: unknown) => ({ value: make(value as never) }),
  },
})

const queries = {
  values: query({
    run: ({ sql }) => sql`
      select date '2026-11-28' as day, array[date '2026-11-28', null] as days,
             timestamp '2026-11-28 10:00:00.123456' as local,
             array[array[timestamp '2026-11-28 10:00:00']] as locals,
             timestamptz '2026-11-28 10:00:00Z' as instant, array[timestamptz '2026-11-28 10:00:00Z'] as instants,
             date 'infinity' as never, timestamptz '-infinity' as always, date '0044-03-15 BC' as ides,
             time '10:00' as time, int8 '9007199254740993' as big, numeric '1.10' as exact,
             daterange('2026-11-28', '2026-11-29') as during, json '{"a":1}' as json, null::date as nothing`,
  }),
  sent: query({
    run: async ({ sql }) => {
      const late = new Date('2026-11-28T23:30:00Z')
      const [row] =
        await sql`select (${late}::date)::text as day, (${late}::timestamp)::text as local,
        (${[late]}::timestamptz[])[1] = '2026-11-28T23:30:00Z'::timestamptz as "isSame"`
      return row
    },
  }),
  in_set: query({
    input: makes((teams: string[]) => new Set(teams)),
    run: ({ sql, input }: { sql: Sql; input: Set<string> }) =>
      sql`select name from users where team = any(${[...input]}) order by name`,
  }),
  in_map: query({
    input: makes((team: string) => new Map([[team, true]])),
    run: ({ sql, input }: { sql: Sql; input: Map<string, boolean> }) =>
      sql`select name from users where team = any(${[...input.keys()]}) order by name`,
  }),
  by_number: query({
    input: makes((id: string) => BigInt(id)),
    run: ({ sql, input }: { sql: Sql; input: bigint }) =>
      sql`select name from users where id = ${input}`,
  }),
  by_function: query({
    input: makes((team: string) => () => team),
    run: ({ sql, input }: { sql: Sql; input: () => string }) =>
      sql`select name from users where team = ${input()}`,
  }),
}
const mutations = {
  day: mutation({
    run: async ({ sql }) => (await sql<{ day: string }>`select date '2026-11-28' as day`)[0]?.day,
  }),
}
type Api = Gateway<
  Record<never, never>,
  Record<never, never>,
  typeof queries,
  typeof mutations
>['api']
const names = { mutations: mutationsOf<Api>(), queries: queriesOf<Api>() }

let database: string
let gateway: Gateway
let client: Client
const { TZ } = process.env

beforeAll(async () => {
  process.env.TZ = 'Europe/Berlin'
  database = await createDatabase()
  await ask(
    database,
    `create table users (id bigint, name text, team text);
     insert into users values (1, 'Ann', 'a'), (2, 'Bob', 'b')`,
  )
  const { pathname } = new URL(database)
  await ask(database, `alter database ${pathname.slice(1)} set datestyle = 'German'`)
  gateway = await createGateway({ database, queries, mutations, logger: quiet })
  client = createClient({ url: (await gateway.listen(0)).url })
})
afterAll(async () => {
  if (TZ === undefined) delete process.env.TZ
  else process.env.TZ = TZ
  client?.close()
  await gateway?.close()
})

describe('values', () => {
  it.each(['Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati', 'UTC'])(
    'come as they are in the database, where the process is in %s',
    async (zone) => {
      process.env.TZ = zone
      const expected = {
        day: '2026-11-28',
        days: ['2026-11-28', null],
        local: '2026-11-28T10:00:00.123456',
        locals: [['2026-11-28T10:00:00']],
        instant: '2026-11-28T10:00:00.000Z',
        instants: ['2026-11-28T10:00:00.000Z'],
        never: 'infinity',
        always: '-infinity',
        ides: '0044-03-15 BC',
        time: '10:00:00',
        big: '9007199254740993',
        exact: '1.10',
        during: '[2026-11-28,2026-11-29)',
        json: { a: 1 },
        nothing: null,
      }
      expect(await client.call(names.queries.values)).toEqual([expected])
      expect(await client.call(names.queries.sent)).toEqual({
        day: '2026-11-28',
        local: '2026-11-28 23:30:00',
        isSame: true,
      })
      expect(await client.call(names.mutations.day)).toBe('2026-11-28')
    },
  )
})

describe('inputs that a schema turns into values without JSON', () => {
  it.each([
    ['in_set', ['a'], ['b']],
    ['in_map', 'a', 'b'],
    ['by_number', '1', '2'],
    ['by_function', 'a', 'b'],
  ] as const)('do not share a result: %s', async (name, some, other) => {
    const handles = [some, other].map((input) =>
      client.watch(names.queries[name as 'in_map'], input as never),
    )
    const stops = handles.map((handle) => handle.subscribe(() => undefined))
    const [anns, bobs] = handles
    await expect.poll(() => anns?.getSnapshot().data).toEqual([{ name: 'Ann' }])
    await expect.poll(() => bobs?.getSnapshot().data).toEqual([{ name: 'Bob' }])
    for (const stop of stops) stop()
  })
})
