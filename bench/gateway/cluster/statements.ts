import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { toUuid } from '../../state.ts'
import { type Database, insertRuns, startDatabase } from '../database.ts'
import { start } from '../processes.ts'
import { now } from '../readers.ts'
import { startReaders } from './commits.ts'
import { startGateways } from './gateways.ts'

/** A database that counts statements, with a thousand runs. */
export async function startCountedDatabase(): Promise<Database> {
  const database = await startDatabase(true)
  // A gateway creates the tables.
  const { stop } = await startGateways(1, database.url)
  await stop()
  await insertRuns(database.client, jobs)
  return database
}

/** The statements per second of gateways and their worker while nothing happens. */
export async function measureIdle(
  { url, client }: Database,
  gateways: number,
  hasWorker: boolean,
): Promise<number> {
  const cluster = await startGateways(gateways, url, 'bullmq')
  const worker = hasWorker ? start<object, string>('serve-worker.js', 0, url) : null
  await worker?.next()
  const rate = await countStatements(client, idleMs, () => wait(idleMs))
  await Promise.all([cluster.stop(), worker?.stop()])
  return rate
}

/** The statements per second of gateways that watch the same thousand jobs, which move. */
export async function measureMoving({ url, client }: Database, gateways: number): Promise<number> {
  const cluster = await startGateways(gateways, url)
  const runIds = Array.from({ length: jobs }, (_, run) => toUuid(run))
  const load = await startReaders(cluster.ports, 1, runIds)
  const rate = await countStatements(client, movingMs, () => moveAll(url))
  await Promise.all([cluster.stop(), load.stop()])
  return rate
}

/** The number of jobs that move; each moves once a second, in a transaction of its own. */
const jobs = 1_000
const [movingMs, idleMs] = [10_000, 30_000]

/** The writers of the benchmark, and its own questions, do not count. */
const countAll = `
  select coalesce(sum(calls), 0)::float8 as calls from pg_stat_statements
   where query !~ 'headway\\.progress\\(\\$1|pg_stat_statements'`

async function countStatements(
  client: pg.Client,
  ms: number,
  work: () => Promise<unknown>,
): Promise<number> {
  await settle()
  await client.query('select pg_stat_statements_reset()')
  await work()
  const { rows } = await client.query<{ calls: number }>(countAll)
  return ((rows[0]?.calls ?? Number.NaN) / ms) * 1_000
}

/** What a process does once, when it starts, is not counted. */
function settle(): Promise<void> {
  return wait(3_000)
}

async function moveAll(url: string): Promise<void> {
  // The machine's disk is not measured.
  const pool = new pg.Pool({ connectionString: url, max: 4, options: '-c synchronous_commit=off' })
  const startedAt = now()
  for (let moved = 0; now() - startedAt < movingMs; await wait(5)) {
    const due = ((now() - startedAt) * jobs) / 1_000
    const moves: Promise<unknown>[] = []
    for (; moved < due; moved += 1) {
      const values = [toUuid(moved % jobs), moved % 100, `row ${moved}`]
      moves.push(pool.query('select headway.progress($1, $2, $3)', values))
    }
    await Promise.all(moves)
  }
  await pool.end()
}
