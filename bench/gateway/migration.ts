import pg from 'pg'
import { pino } from 'pino'
import { migrate, migrations } from '../../packages/gateway/src/runs/migrate.ts'
import { sql } from '../../packages/gateway/src/sql.ts'
import { startDatabase } from './database.ts'

/*
 * How long the migrations after the 15th take on a large table: they make indexes of all runs.
 * `npm run migration -w bench -- [runs]`; about two minutes.
 */

const count = Number(process.argv[2] ?? 1_000_000)
/** The indexes that docs/production.md tells to make before. */
const before = [
  'run_of_owner on headway.run (owner, created_at desc, id desc) where parent is null',
  'run_newest on headway.run (created_at desc, id desc) where parent is null',
  'run_of_name on headway.run (name, created_at desc, id desc) where parent is null',
  `run_of_status on headway.run (status, created_at desc, id desc)
    where status <> 'completed' and parent is null`,
  'run_ended on headway.run (finished_at, id) where finished_at is not null',
]

const { url, client, stop } = await startDatabase()
const pool = new pg.Pool({ connectionString: url, max: 2 })

/** Seconds, on a fresh schema of version 15 with that many ended runs. */
async function measure(prepare: () => Promise<unknown>): Promise<string> {
  await client.query('drop schema if exists headway cascade')
  await client.query('create schema headway')
  await client.query(
    'create table headway.migration (version integer primary key, applied_at timestamptz not null default now())',
  )
  for (const [index, name] of migrations.slice(0, 15).entries()) {
    await client.query(sql(`runs/migrations/${name}`))
    await client.query('insert into headway.migration (version) values ($1)', [index + 1])
  }
  await client.query(
    `insert into headway.run (id, kind, name, owner, engine, queue, status, message, output, created_at, finished_at)
     select gen_random_uuid(), 'job', 'job_' || number % 7, 'user_' || number % 5000, 'bullmq', 'bench',
            case when number % 20 = 0 then 'failed' else 'completed' end, repeat('x', 50), '{"rows": 1000}',
            now() - number * interval '1 second', now() - number * interval '1 second'
       from generate_series(1, $1::integer) as number`,
    [count],
  )
  await client.query('vacuum (analyze) headway.run')
  await prepare()
  const startedMs = performance.now()
  await migrate(pool, { database: url, migrate: true, logger: pino({ level: 'silent' }) })
  return ((performance.now() - startedMs) / 1_000).toFixed(1)
}

const runs = count.toLocaleString('en')
for (let time = 0; time < 3; time += 1) {
  console.log(`${runs} runs: ${await measure(async () => undefined)} s`)
}
const prepare = async (): Promise<void> => {
  for (const index of before) await client.query(`create index concurrently ${index}`)
}
console.log(`${runs} runs, five indexes made before: ${await measure(prepare)} s`)
await pool.end()
await stop()
