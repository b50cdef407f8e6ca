import { randomUUID } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { firstPlace, type Removal, removeEnded } from '../src/runs/remove-ended.ts'
import { resolveRetention } from '../src/runs/retention-options.ts'
import { query } from './support/database.ts'
import { database, place, pools } from './support/reconciled-runs.ts'

/** A run of the gateway's queue, 31 days after its end, unless it is another one. */
const insert = async (different: Record<string, unknown> = {}): Promise<string> => {
  const row: Record<string, unknown> = {
    id: randomUUID(),
    kind: 'job',
    name: 'test',
    ...place,
    status: 'completed',
    finished_at: daysAgo(31),
    ...different,
  }
  const names = Object.keys(row)
  const values = names.map((_, index) => `$${index + 1}`)
  const text = `insert into headway.run (${names}) values (${values})`
  await query(database, text, Object.values(row))
  return String(row.id)
}
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()
const left = async (): Promise<string[]> =>
  (await query<{ id: string }>(database, 'select id from headway.run')).map(({ id }) => id)

let removal: Removal
let failures: unknown[]
beforeEach(() => {
  failures = []
  removal = {
    pool: pools.durable,
    retention: resolveRetention(),
    place,
    observedQueues: async () => ['bull:mine'],
    workflowEngine: undefined,
    logsStay: (error) => void failures.push(error),
    pause: async () => undefined,
  }
})

it('removes what is over, with its steps and events, and leaves all others', async () => {
  removal.retention = resolveRetention({ jobs: { kept: false, long: { failed: 90 } } })
  const workflow = await insert({ kind: 'workflow', engine: 'dbos', queue: null })
  await query(database, `insert into headway.step (run_id, name, ordinal) values ($1, 'a', 1)`, [
    workflow,
  ])
  await query(database, `insert into headway.event (run_id, name) values ($1, 'told')`, [workflow])
  await insert()
  await insert({ engine: 'sql', queue: null, status: 'failed' })
  await insert({ engine: 'observed', queue: 'bull:mine' })
  await insert({ name: 'long' })
  const kept = [
    await insert({ finished_at: daysAgo(29) }),
    await insert({ status: 'running', finished_at: null, created_at: daysAgo(90) }),
    await insert({ name: 'kept' }),
    await insert({ name: 'long', status: 'failed' }),
    await insert({ queue: 'another app' }),
    await insert({ engine: 'observed', queue: 'bull:theirs' }),
  ]
  await removeEnded(removal, 30, firstPlace)
  expect((await left()).toSorted()).toEqual(kept.toSorted())
  expect(
    await query(database, 'select from headway.step union all select from headway.event'),
  ).toEqual([])
})

it('passes over what is locked, retried meanwhile, or may be looked for by its parent', async () => {
  const [locked, retried] = [await insert(), await insert()]
  const workflow = { kind: 'workflow', engine: 'dbos', queue: null }
  const parent = await insert({ ...workflow, status: 'running', finished_at: null })
  const child = await insert({ ...workflow, parent })
  const client = await pools.durable.connect()
  await client.query('begin')
  await client.query('select from headway.run where id = $1 for update', [locked])
  // Between the look at the page and the removal.
  const found = pools.durable.query.bind(pools.durable)
  removal.pool = new Proxy(pools.durable, {
    get: (pool, name) =>
      name === 'query'
        ? async (...args: [string, unknown[]]) => {
            const page = await found(...args)
            await query(database, 'update headway.run set finished_at = null where id = $1', [
              retried,
            ])
            return page
          }
        : Reflect.get(pool, name).bind?.(pool),
  })
  await removeEnded(removal, 30, firstPlace)
  await client.query('rollback')
  client.release()
  expect((await left()).toSorted()).toEqual([locked, retried, parent, child].toSorted())
  await query(database, `update headway.run set finished_at = now() where id in ($1, $2)`, [
    parent,
    retried,
  ])
  await removeEnded({ ...removal, pool: pools.durable }, 30, firstPlace)
  expect((await left()).toSorted()).toEqual([retried, parent].toSorted())
})

it('removes the logs of a workflow with it, each claim has one, and neither without the other', async () => {
  const forgotten: string[] = []
  let isRefused = true
  removal.workflowEngine = {
    name: 'dbos',
    async forget(database, logIds) {
      if (isRefused) await database.query('select from missing', [])
      forgotten.push(...logIds)
    },
  }
  const workflow = { kind: 'workflow', queue: null }
  const taken = await insert({ ...workflow, engine: 'dbos', claims: 2 })
  await insert({ ...workflow, engine: 'sql', claims: 1 })
  await insert({ engine: 'observed', queue: 'bull:mine', claims: 1 })
  await insert({ ...workflow, engine: 'dbos', claims: 0 })
  await removeEnded(removal, 30, firstPlace)
  expect([await left(), failures.map(String)]).toEqual([
    [taken],
    [expect.stringContaining('"missing" does not exist')],
  ])
  isRefused = false
  await removeEnded(removal, 30, firstPlace)
  expect([forgotten, await left()]).toEqual([[`${taken}:1`, `${taken}:2`], []])
})

it('goes on from where it was, page by page', async () => {
  await query(
    database,
    `insert into headway.run (id, kind, name, engine, queue, status, finished_at)
     select gen_random_uuid(), 'job', 'test', 'bullmq', 'test', 'completed', now() - interval '40 days'
       from generate_series(1, 1200)`,
  )
  let pauses = 0
  removal.pause = async () => {
    pauses += 1
  }
  const last = await removeEnded(removal, 30, firstPlace)
  expect([pauses, await left()]).toEqual([2, []])
  // It would be found from the beginning only.
  const earlier = await insert({ finished_at: daysAgo(41) })
  await removeEnded(removal, 30, last)
  expect(await left()).toEqual([earlier])
})

it('passes what others have before the time only once, and removes what ends at that time', async () => {
  const [own, time] = [daysAgo(40), daysAgo(0)]
  await insert({ finished_at: own })
  const theirs = await insert({ queue: 'another app' })
  const last = await removeEnded({ ...removal, time }, 30, firstPlace)
  expect(Date.parse(last.finishedAt)).toBe(Date.parse(time) - 30 * 86_400_000)
  // Also where nothing matches.
  const later = new Date(Date.parse(time) + 3_600_000).toISOString()
  const next = await removeEnded({ ...removal, time: later }, 30, last)
  expect(Date.parse(next.finishedAt)).toBe(Date.parse(later) - 30 * 86_400_000)
  await insert({ finished_at: new Date(next.finishedAt).toISOString() })
  const end = new Date(Date.parse(later) + 1).toISOString()
  await removeEnded({ ...removal, time: end }, 30, next)
  expect(await left()).toEqual([theirs])
})

it('one gateway of a queue removes at a time, and the other one later', async () => {
  await insert()
  const client = await pools.durable.connect()
  await client.query('begin')
  const text = `select pg_advisory_xact_lock(hashtext('headway.retention'), hashtext($1))`
  await client.query(text, [place.queue])
  expect(await removeEnded(removal, 30, firstPlace)).toBe(firstPlace)
  expect(await left()).toHaveLength(1)
  await client.query('rollback')
  client.release()
  await removeEnded(removal, 30, firstPlace)
  expect(await left()).toEqual([])
})
