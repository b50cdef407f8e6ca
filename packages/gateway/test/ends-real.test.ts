import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient, defineJob, defineWorkflow } from '@headway/core'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import { createGateway, createWorker, job, workflow } from '../src/index.ts'
import { createTeardown } from '../src/teardown.ts'
import { query } from './support/database.ts'
import { makeFolder } from './support/folder.ts'
import { quiet } from './support/quiet.ts'
import { startPostgres } from './support/start-postgres.ts'

/** How often the one step, or the one attempt, of each run was done. */
const effects = new Map<string, number>()
const gates = new Map<string, () => void>()
const work = async (id: string): Promise<string> => {
  await new Promise<void>((resolve) => gates.set(id, resolve))
  effects.set(id, (effects.get(id) ?? 0) + 1)
  return 'done'
}
const jobs = { once: job({ attempts: 1, run: (ctx) => work(ctx.id) }) }
const workflows = {
  steps: workflow({ steps: ['only'], run: (ctx) => ctx.step('only', () => work(ctx.id)) }),
}

/** The SQLSTATEs, or codes, that writes of the worker were refused with. */
const refused: string[] = []
const logger = pino(
  { level: 'warn' },
  {
    write(line: string) {
      const { msg, err } = JSON.parse(line)
      if (msg.startsWith('the database refused')) refused.push(err.code ?? err.message)
    },
  },
)

const teardown = createTeardown()
let database: string
let client: Client

beforeAll(async () => {
  const folder = await makeFolder()
  teardown.defer(() => rm(folder, { recursive: true, force: true }))
  const directory = join(folder, 'pg')
  const first = await startPostgres({ directory })
  // A queue that can be filled.
  await query(first.url, 'alter system set max_notify_queue_pages = 64')
  await first.stop()
  const postgres = await startPostgres({ directory })
  teardown.defer(() => postgres.stop())
  database = postgres.url
  const app = { database, engine: bullmq(), jobs, workflows, workflowEngine: dbos() }
  const gateway = await createGateway({ ...app, logger: quiet })
  teardown.defer(gateway.close)
  const worker = await createWorker({ ...app, logger, concurrency: 2 })
  teardown.defer(() => worker.close({ force: true }))
  client = createClient({ url: (await gateway.listen(0)).url })
  teardown.defer(async () => client.close())
})
afterAll(teardown.run)

/** A job and a workflow that are about to be done; `end` lets them, and tells how they ended. */
async function underWay() {
  const [asJob, asWorkflow] = [
    client.start(defineJob('once'), null),
    client.start(defineWorkflow('steps'), null),
  ]
  const ids = (): string[] => [asJob.getSnapshot().jobId, asWorkflow.getSnapshot().workflowId]
  await expect.poll(() => ids().every((id) => gates.has(id))).toBe(true)
  refused.length = 0
  return {
    ids: ids(),
    goOn: () => {
      for (const id of ids()) gates.get(id)?.()
    },
    async expectOnce() {
      expect(await Promise.all([asJob.result, asWorkflow.result])).toEqual(['done', 'done'])
      expect(ids().map((id) => effects.get(id))).toEqual([1, 1])
      expect(asJob.getSnapshot().attempt).toBe(1)
      expect(asWorkflow.getSnapshot().steps).toMatchObject([{ status: 'completed' }])
    },
  }
}

/** A session of its own, in the database or beside it. */
async function connect(url = database): Promise<pg.Client> {
  const session = new pg.Client({ connectionString: url })
  session.on('error', () => undefined)
  await session.connect()
  return session
}

const beside = (): string => {
  const url = new URL(database)
  url.pathname = 'postgres'
  return url.href
}

it('a role with serializable isolation and a lock timeout of 50 ms: both ends are recorded', async () => {
  const name = new URL(database).pathname.slice(1)
  await query(
    database,
    `alter database ${name} set default_transaction_isolation = serializable;
     alter database ${name} set lock_timeout = '50ms'`,
  )
  await cutConnections()
  const { ids, goOn, expectOnce } = await underWay()
  const other = await connect()
  await other.query('begin isolation level read committed')
  await other.query('update headway.run set updated_at = now() where id = any($1)', [ids])
  goOn()
  const waiting = `select from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()`
  await expect.poll(async () => (await query(database, waiting)).length).toBeGreaterThan(1)
  await other.query('commit')
  await other.end()
  await expectOnce()
  await query(database, `alter database ${name} reset all`)
})

it('a database that is read-only for a while', async () => {
  const { goOn, expectOnce } = await underWay()
  await query(database, 'alter system set default_transaction_read_only = on')
  await query(database, 'select pg_reload_conf()')
  goOn()
  await expect.poll(() => refused).toContain('25006')
  const session = await connect()
  await session.query('set default_transaction_read_only = off')
  await session.query('alter system reset default_transaction_read_only')
  await session.query('select pg_reload_conf()')
  await session.end()
  await expectOnce()
})

it('a database that is renamed, and lets nobody in, for a while', async () => {
  const { goOn, expectOnce } = await underWay()
  const name = new URL(database).pathname.slice(1)
  const admin = await connect(beside())
  await admin.query(`alter database ${name} with allow_connections false`)
  await cutConnections(admin)
  await expect
    .poll(() =>
      admin.query(`alter database ${name} rename to elsewhere`).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  goOn()
  await expect.poll(() => refused).toContain('3D000')
  await admin.query(`alter database elsewhere rename to ${name}`)
  await expect.poll(() => refused).toContain('55000')
  await admin.query(`alter database ${name} with allow_connections true`)
  await admin.end()
  await expectOnce()
})

it('no connection is left', async () => {
  const { goOn, expectOnce } = await underWay()
  const admin = await connect(beside())
  const hogs: pg.Client[] = []
  const hog = (): Promise<boolean> =>
    connect(beside()).then(
      (session) => hogs.push(session) > 0,
      () => false,
    )
  // What is cut is taken at once, until nobody else was faster.
  const others = 'select from pg_stat_activity where datname = $1'
  const name = new URL(database).pathname.slice(1)
  do {
    while (await hog()) {}
    await cutConnections(admin)
    while (await hog()) {}
  } while ((await admin.query(others, [name])).rows.length > 0)
  goOn()
  await expect.poll(() => refused).toContain('53300')
  await Promise.all([...hogs, admin].map((session) => session.end()))
  await expectOnce()
})

it('the queue of notifications is full', async () => {
  const { goOn, expectOnce } = await underWay()
  const [slow, loud] = [await connect(), await connect()]
  // In a transaction it reads none, and the queue has to keep them all.
  await slow.query('listen filling')
  await slow.query('begin; select 1')
  const fill = (): Promise<boolean> =>
    loud
      .query(
        `select pg_notify('filling', repeat('x', 7000) || random()) from generate_series(1, 20)`,
      )
      .then(
        () => true,
        () => false,
      )
  while (await fill()) {}
  // The last page, too.
  while (
    await loud.query(`notify filling`).then(
      () => true,
      () => false,
    )
  ) {}
  goOn()
  await expect.poll(() => refused).toContain('54000')
  await slow.query('rollback')
  await Promise.all([slow.end(), loud.end()])
  await expectOnce()
})

/** Cuts every connection to the database, so that the next is made under its settings of now. */
async function cutConnections(session?: pg.Client): Promise<void> {
  const text = `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = '${new URL(database).pathname.slice(1)}' and pid <> pg_backend_pid()`
  await (session ? session.query(text) : query(database, text))
}
