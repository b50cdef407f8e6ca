import pg from 'pg'
import { pino } from 'pino'
import { migrate } from '../../packages/gateway/src/runs/migrate.ts'
import { firstPlace, removeEnded } from '../../packages/gateway/src/runs/remove-ended.ts'
import { resolveRetention } from '../../packages/gateway/src/runs/retention-options.ts'
import { startDatabase } from './database.ts'

/*
 * 100,000 runs a day, kept for 30 days: what a day's removal takes, and the size of the tables from
 * then on. `npm run retention -w bench -- [days after the first month]`; about five minutes.
 */

const [perDay, keptDays] = [100_000, 30]
const moreDays = Number(process.argv[2] ?? 10)
const place = { engine: 'bullmq', queue: 'bench' }
const at = (day: number): string => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString()

const { url, client, stop } = await startDatabase()
const pool = new pg.Pool({ connectionString: url, max: 2 })
await migrate(pool, { database: url, migrate: true, logger: pino({ level: 'silent' }) })
const removal = {
  pool,
  retention: resolveRetention(keptDays),
  place,
  observedQueues: async () => [],
  workflowEngine: undefined,
  logsStay: () => undefined,
  pause: async () => undefined,
}

/** A tenth of them are workflows with two steps. */
const insertDay = (day: number) =>
  client.query(
    `with made as (
       insert into headway.run (id, kind, name, engine, queue, status, message, output, created_at, finished_at)
       select gen_random_uuid(), case when number % 10 = 0 then 'workflow' else 'job' end,
              'job_' || number % 7, $3, $4, 'completed', repeat('x', 50), '{"rows": 1000}',
              $1::timestamptz + number * interval '1 day' / $2::integer, $1::timestamptz + number * interval '1 day' / $2::integer
         from generate_series(0, $2::integer - 1) as number
       returning id, kind
     )
     insert into headway.step (run_id, name, ordinal, status)
     select id, step, ordinal, 'completed'
       from made, unnest(array['a', 'b']) with ordinality as step (step, ordinal) where kind = 'workflow'`,
    [at(day), perDay, place.engine, place.queue],
  )
const megabytes = async (): Promise<string> => {
  const { rows } = await client.query<{ tables: number; indexes: number }>(
    `select sum(pg_table_size(name::regclass))::float8 as tables, sum(pg_indexes_size(name::regclass))::float8 as indexes
       from unnest(array['headway.run', 'headway.step']) as name`,
  )
  const [row] = rows
  const size = (bytes = 0): string => (bytes / 1_048_576).toFixed(0).padStart(6)
  return `tables ${size(row?.tables)} MiB, indexes ${size(row?.indexes)} MiB`
}

for (let day = 0; day < keptDays; day += 1) await insertDay(day)
await client.query('vacuum (analyze) headway.run, headway.step')
console.log(`after ${keptDays} days: ${await megabytes()}`)
let last = firstPlace
for (let day = keptDays; day < keptDays + moreDays; day += 1) {
  await insertDay(day)
  const startedMs = performance.now()
  last = await removeEnded({ ...removal, time: at(day + 1) }, keptDays, last)
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1)
  // As autovacuum would.
  await client.query('vacuum (analyze) headway.run, headway.step')
  console.log(`day ${day + 1}: ${await megabytes()}; its removal took ${seconds} s`)
}
await pool.end()
await stop()
