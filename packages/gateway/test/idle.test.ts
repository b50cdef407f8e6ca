import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import { createGateway, createWorker, job, query, workflow } from '../src/index.ts'
import { createTeardown } from '../src/teardown.ts'
import { query as ask } from './support/database.ts'
import { makeFolder } from './support/folder.ts'
import { quiet } from './support/quiet.ts'
import { startPostgres } from './support/start-postgres.ts'

const teardown = createTeardown()
/** Another database of the same server: what is asked there does not count. */
let beside: string

/** The database in the name of a role of its own, by which its statements are counted. */
async function connectAs(role: string, url: string): Promise<string> {
  await ask(url, `create role ${role} superuser login password 'secret'`)
  const database = new URL(url)
  database.username = role
  database.password = 'secret'
  return database.href
}

beforeAll(async () => {
  const folder = await makeFolder()
  teardown.defer(() => rm(folder, { recursive: true, force: true }))
  const directory = join(folder, 'pg')
  const first = await startPostgres({ directory })
  await ask(first.url, `alter system set shared_preload_libraries = 'pg_stat_statements'`)
  await first.stop()
  const postgres = await startPostgres({ directory })
  teardown.defer(postgres.stop)
  beside = Object.assign(new URL(postgres.url), { pathname: '/postgres' }).href
  await ask(beside, 'create extension pg_stat_statements')

  const app = {
    engine: bullmq(),
    jobs: { greet: job({ run: () => 'hello' }) },
    workflowEngine: dbos(),
    workflows: {
      verify: workflow({ steps: ['check'], run: (ctx) => ctx.step('check', () => 'checked') }),
    },
    logger: quiet,
  }
  const gateway = await createGateway({
    ...app,
    queries: { one: query({ run: ({ sql }) => sql`select 1 as one` }) },
    database: await connectAs('gateway', postgres.url),
  })
  teardown.defer(gateway.close)
  const worker = await createWorker({
    ...app,
    database: await connectAs('worker', postgres.url),
  })
  teardown.defer(() => worker.close())
})
afterAll(teardown.run)

interface Statement {
  calls: number
  query: string
}

/**
 * The statements of a role, most frequent first. Without the settings of new connections, and
 * without DBOS's search for schedules, which it repeats every second in its first minute only.
 */
const statementsOf = (role: string): Promise<Statement[]> =>
  ask<{ calls: number; query: string }>(
    beside,
    `select calls::integer, query from pg_stat_statements
      where userid = $1::regrole and query not ilike 'set %' and query not like '%workflow_schedules%'
      order by calls desc`,
    [role],
  )

/** How often the worker has given a sign of life: every five seconds. */
const beats = async (): Promise<number> => {
  const statements = await statementsOf('worker')
  return statements.find(({ query }) => query.includes('seen_at = now()'))?.calls ?? 0
}

it('an idle gateway asks less than 0.6 times a second, a worker less than 1.4 times', async () => {
  await expect.poll(beats).toBeGreaterThan(0)
  await ask(beside, 'select pg_stat_statements_reset()')
  await expect.poll(beats, { interval: 500 }).toBe(4)
  for (const [role, mostPerBeat] of [
    ['gateway', 3],
    ['worker', 7],
  ] as const) {
    const statements = await statementsOf(role)
    const count = statements.reduce((sum, { calls }) => sum + calls, 0)
    const list = statements.map(({ calls, query }) => `${calls} × ${query}`).join('\n')
    expect(count, list).toBeGreaterThan(0)
    expect(count, list).toBeLessThanOrEqual(4 * mostPerBeat)
  }
})
