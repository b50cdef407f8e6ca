import { expect, it } from 'vitest'
import { firstPlace, removeEnded } from '../src/runs/remove-ended.ts'
import { resolveRetention } from '../src/runs/retention-options.ts'
import { query } from './support/database.ts'
import { database, place, pools } from './support/reconciled-runs.ts'

/** A hundredth of 100,000 runs a day. */
const perDay = 1_000

const begin = Date.UTC(2026, 0, 1)
const dayMs = 86_400_000
const at = (day: number): string => new Date(begin + day * dayMs).toISOString()

/** The runs of a day, each with its end, and a tenth of them workflows with two steps. */
const insertDay = (day: number) =>
  query(
    database,
    `with made as (
       insert into headway.run (id, kind, name, engine, queue, status, message, output, created_at, finished_at)
       select gen_random_uuid(), case when number % 10 = 0 then 'workflow' else 'job' end,
              'job_' || number % 7, $3, $4, 'completed', repeat('x', 50), '{"rows": 1000}',
              $1::timestamptz + number * interval '1 day' / $2, $1::timestamptz + number * interval '1 day' / $2
         from generate_series(0, $2 - 1) as number
       returning id, kind
     )
     insert into headway.step (run_id, name, ordinal, status)
     select id, step, ordinal, 'completed'
       from made, unnest(array['a', 'b']) with ordinality as step (step, ordinal) where kind = 'workflow'`,
    [at(day), perDay, place.engine, place.queue],
  )

/** The bytes of tables and of all their indexes. */
const sizes = async () => {
  const [row] = await query<{ tables: number; indexes: number }>(
    database,
    `select sum(pg_table_size(name::regclass))::float8 as tables,
            sum(pg_indexes_size(name::regclass))::float8 as indexes
       from unnest(array['headway.run', 'headway.step']) as name`,
  )
  return row ?? { tables: 0, indexes: 0 }
}

it('tables and indexes do not grow any more once the first runs are removed', async () => {
  const removal = {
    pool: pools.durable,
    retention: resolveRetention(),
    place,
    observedQueues: async () => [],
    workflowEngine: undefined,
    logsStay: () => undefined,
    pause: async () => undefined,
  }
  const after: { tables: number; indexes: number }[] = []
  let last = firstPlace
  for (let day = 0; day < 60; day += 1) {
    await insertDay(day)
    last = await removeEnded({ ...removal, time: at(day + 1) }, 30, last)
    // As autovacuum would: it is not sure to run in so short a time.
    await query(database, 'vacuum (analyze) headway.run, headway.step')
    after.push(await sizes())
  }
  const [row] = await query<{ count: number }>(
    database,
    'select count(*)::integer from headway.run',
  )
  expect(row?.count).toBe(30 * perDay)
  const [full, end] = [after[33], after.at(-1)]
  // Random ids split pages of the primary key a little for a while.
  expect(end?.tables).toBeLessThan((full?.tables ?? 0) * 1.02)
  expect(end?.indexes).toBeLessThan((full?.indexes ?? 0) * 1.1)
}, 300_000)
