import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import {
  type KeptDays,
  type RetentionOptions,
  resolveRetention,
} from '../src/runs/retention-options.ts'
import { type RetentionWork, startRetention } from '../src/runs/start-retention.ts'
import { query } from './support/database.ts'
import { database, place, pools, teardown } from './support/reconciled-runs.ts'

const hours = (count: number): number => count * 3_600_000

/** Rounds without a rest, and the lines of their log. */
function start(given: KeptDays | RetentionOptions, different: Partial<RetentionWork> = {}) {
  const cleaned: number[] = []
  const lines: Record<string, unknown>[] = []
  const logger = pino(
    { level: 'info' },
    { write: (line: string) => void lines.push(JSON.parse(line)) },
  )
  const retention = startRetention(
    {
      pool: pools.durable,
      retention: resolveRetention(given),
      place,
      observedQueues: async () => [],
      workflowEngine: undefined,
      engine: { clean: async (endedForMs) => void cleaned.push(endedForMs) },
      logger,
      ...different,
    },
    { everyMs: 5, cleanMs: 5, anewMs: 20 },
  )
  teardown.defer(async () => retention.close())
  return { cleaned, lines, close: retention.close }
}
const insert = async (name: string, daysAgo: number, claims = 0): Promise<string> => {
  const id = randomUUID()
  await query(
    database,
    `insert into headway.run (id, kind, name, engine, queue, status, finished_at, claims)
     values ($1, 'job', $2, $3, $4, 'completed', now() - $5 * interval '1 day', $6)`,
    [id, name, place.engine, place.queue, daysAgo, claims],
  )
  return id
}
const left = () =>
  query<{ id: string }>(database, 'select id from headway.run order by finished_at')

it('removes in rounds what is over, and later what was in use before', async () => {
  await insert('test', 31)
  const locked = await insert('test', 32)
  const client = await pools.durable.connect()
  await client.query('begin')
  await client.query('select from headway.run where id = $1 for update', [locked])
  const { lines } = start(30)
  await expect.poll(left).toEqual([{ id: locked }])
  await client.query('rollback')
  client.release()
  await expect.poll(left).toEqual([])
  await insert('test', 40)
  await expect.poll(left).toEqual([])
  expect(lines.map(({ msg }) => msg)).toEqual(['ended runs are kept for 30 days'])
})

it('each name has its own time', async () => {
  const kept = [await insert('long', 8), await insert('test', 2)]
  await insert('short', 2)
  await insert('test', 8)
  const { cleaned } = start({ days: 7, jobs: { long: 90, short: 1 } })
  await expect.poll(left).toEqual(kept.map((id) => ({ id })))
  await expect.poll(() => cleaned[0]).toBe(hours(24))
})

it('cleans the queue of ended tasks, and not of those that may still be compared', async () => {
  const { cleaned } = start(0.001)
  await expect.poll(() => cleaned[0]).toBe(hours(1))
})

it('with false nothing is removed, and the log says so', async () => {
  const id = await insert('test', 3_000)
  const never = start(false)
  expect(never.lines.map(({ msg }) => msg)).toEqual(['ended runs are kept for ever'])
  const { cleaned } = start({ days: false, failed: 1 })
  await expect.poll(() => cleaned.length).toBeGreaterThan(2)
  expect([await left(), never.cleaned]).toEqual([[{ id }], []])
})

it('goes on after a failure, which it logs', async () => {
  await insert('test', 31)
  await query(database, 'alter table headway.run rename to hidden')
  const { lines } = start(30)
  await expect
    .poll(() => lines.map(({ msg }) => msg))
    .toContain('ended runs could not be removed; trying again later')
  await query(database, 'alter table headway.hidden rename to run')
  await expect.poll(left).toEqual([])
})

it('says once that logs cannot be removed, and removes all others', async () => {
  const kept = await insert('test', 32, 1)
  let refusals = 0
  const workflowEngine = {
    name: place.engine,
    async forget() {
      refusals += 1
      throw new Error('permission denied')
    },
  }
  const { lines } = start(30, { workflowEngine })
  await insert('test', 31)
  await expect.poll(left).toEqual([{ id: kept }])
  await expect.poll(() => refusals).toBeGreaterThan(2)
  expect(lines.map(({ msg }) => msg)).toEqual([
    'ended runs are kept for 30 days',
    'ended workflows stay: their logs could not be removed',
  ])
})

it('a walk that fails stops neither the others nor the cleaning', async () => {
  const kept = await insert('short', 2)
  await insert('test', 8)
  await query(
    database,
    `create function refuse() returns trigger language plpgsql as $$ begin raise 'not now'; end $$;
     create trigger refuse before delete on headway.run for each row
       when (old.name = 'short') execute function refuse()`,
  )
  const { cleaned } = start({ days: 7, jobs: { short: 1 } })
  await expect.poll(left).toEqual([{ id: kept }])
  await expect.poll(() => cleaned.length).toBeGreaterThan(0)
})
