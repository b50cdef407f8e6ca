import { Writable } from 'node:stream'
import { cancel, post, start } from '@headway/conformance/wire'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  child,
  createGateway,
  createWorker,
  type Gateway,
  job,
  type Worker,
  workflow,
} from '../src/index.ts'
import { createTeardown, type Teardown } from '../src/teardown.ts'
import { createDatabase, query } from './support/database.ts'
import { memoryWorkflowEngine } from './support/memory-workflow-engine.ts'
import { quiet } from './support/quiet.ts'
import { taskOf, testEngine } from './support/test-engine.ts'

/** Two versions of one app, side by side: a job is gone in the new one, another is new. */
const ran: string[] = []
const record = (version: string) => async (ctx: { id: string }) =>
  void ran.push(`${version} ${ctx.id}`)
const both = { shared: job({ run: () => null }) }
const old = { ...both, former: job({ run: record('old') }) }
const next = {
  ...both,
  fresh: job({ run: record('next') }),
  failing: job({
    attempts: 2,
    backoff: { type: 'fixed', delayMs: 1 },
    run: (ctx) => {
      ran.push(`failing ${ctx.attempt}`)
      throw new Error('no')
    },
  }),
}

let database: string
let teardown: Teardown
beforeEach(async () => {
  ran.length = 0
  teardown = createTeardown()
  database = await createDatabase()
})
afterEach(() => teardown.run())

type Jobs = typeof old | typeof next | typeof both
const serve = async (jobs: Jobs): Promise<string> => {
  const gateway: Gateway = await createGateway({
    database,
    engine: testEngine(database),
    jobs,
    logger: quiet,
  })
  teardown.defer(gateway.close)
  return (await gateway.listen(0)).url
}
const work = async (jobs: Jobs, logger = quiet): Promise<Worker> => {
  const worker = await createWorker({
    database,
    engine: testEngine(database),
    jobs,
    logger,
    maskErrors: false,
  })
  teardown.defer(() => worker.close({ force: true }))
  return worker
}
const read = (id: string) =>
  query(database, 'select status, attempt, error from headway.run where id = $1', [id])
const outcomes = () =>
  query(
    database,
    'select status, attempt, failures, count(*)::integer as count from headway.run group by 1, 2, 3',
  )

it.each([
  ['new', 'fresh', next],
  ['old', 'former', old],
] as const)(
  'an old and a new worker beside a gateway that is %s: 40 of 40 jobs that one of them knows complete',
  async (_, name, jobs) => {
    const url = await serve(jobs)
    await Promise.all([work(old), work(next)])
    const ids = await Promise.all(Array.from({ length: 40 }, () => start(url, name)))
    await expect
      .poll(outcomes)
      .toEqual([{ status: 'completed', attempt: 1, failures: 0, count: 40 }])
    expect(ran).toHaveLength(40)
    expect(new Set(ran.map((line) => line.split(' ')[1]))).toEqual(new Set(ids))
  },
)

it('a job that no worker knows yet stays pending, is logged once, and runs when a worker knows it', async () => {
  const lines: string[] = []
  const note = new Writable({
    write(line: Buffer, _, done) {
      lines.push(String(line))
      done()
    },
  })
  await work(old, pino({ level: 'warn' }, note))
  const url = await serve(next)
  const [fresh, failing] = [await start(url, 'fresh'), await start(url, 'failing')]
  const delayed = async () => [await taskOf(database, fresh), await taskOf(database, failing)]
  const postponed = { state: 'delayed', made: 0 }
  await expect.poll(delayed).toMatchObject([postponed, postponed])
  const deliveries = async () => {
    const tasks = [await taskOf(database, fresh), await taskOf(database, failing)]
    return tasks.reduce((sum, task) => sum + (task?.started ?? 0), 0)
  }
  await expect.poll(deliveries).toBeGreaterThan(3)
  const pending = { status: 'pending', attempt: 0, error: null }
  expect([...(await read(fresh)), ...(await read(failing))]).toEqual([pending, pending])
  expect(lines.filter((line) => line.includes('"job":"fresh"'))).toHaveLength(1)
  await work(next)
  await expect.poll(() => read(fresh)).toEqual([{ status: 'completed', attempt: 1, error: null }])
  await expect
    .poll(() => read(failing))
    .toEqual([{ status: 'dead_letter', attempt: 2, error: 'no' }])
  expect(ran.filter((line) => line.startsWith('failing'))).toEqual(['failing 1', 'failing 2'])
})

it('a job that no worker knows any more can be cancelled, and leaves the queue', async () => {
  const url = await serve(next)
  const [cancelled, ended] = [await start(url, 'fresh'), await start(url, 'fresh')]
  await work(old)
  await expect.poll(() => taskOf(database, cancelled)).toMatchObject({ state: 'delayed' })
  expect(await cancel(url, cancelled)).toMatchObject({ status: 'cancelled' })
  // One whose removal the queue did not hear of.
  await query(
    database,
    `update headway.run set status = 'cancelled', finished_at = now(), revision = revision + 1 where id = $1`,
    [ended],
  )
  await expect.poll(() => taskOf(database, ended)).toMatchObject({ state: 'completed' })
  expect(ran).toEqual([])
})

it('a worker of the previous version, without holder and queue, works beside a new one', async () => {
  const url = await serve(both)
  const [first, second] = [await start(url, 'shared'), await start(url, 'shared')]
  // The rows that the previous version of a gateway writes, handed over and not handed over.
  await query(database, 'update headway.run set queue = null, options = null')
  await query(database, 'update headway.run set handed_over_at = null where id = $1', [second])
  // The row that a worker of the previous version leaves when it dies.
  await query(
    database,
    `update headway.run set status = 'running', attempt = 1, revision = revision + 1 where id = $1`,
    [first],
  )
  await work(both)
  await expect.poll(() => read(first)).toEqual([{ status: 'completed', attempt: 2, error: null }])
  await expect.poll(() => read(second)).toEqual([{ status: 'completed', attempt: 1, error: null }])
})

it('40 of 40 workflows complete, and their children too, which only the new worker knows', async () => {
  const engine = memoryWorkflowEngine()
  const inner = workflow({ steps: ['a'], run: (ctx) => ctx.step('a', () => 1) })
  const before = workflow({ steps: ['alone'], run: (ctx) => ctx.step('alone', () => 1) })
  const after = workflow({
    steps: ['inner'],
    run: (ctx) => ctx.parallel([child('inner', inner, null)]),
  })
  const app = { database, workflowEngine: engine, logger: quiet }
  const older = { ...app, workflows: { outer: before } }
  const newer = { ...app, workflows: { outer: after, fresh: after, inner } }
  const gateway = await createGateway(newer)
  teardown.defer(gateway.close)
  const { url } = await gateway.listen(0)
  // Some are begun by the old one.
  const first = await createWorker(older)
  teardown.defer(() => first.close())
  const names = Array.from({ length: 40 }, (_, index) => (index % 2 ? 'outer' : 'fresh'))
  await Promise.all(names.map((name) => post(url, `/rpc/${name}`, {})))
  const second = await createWorker(newer)
  teardown.defer(() => second.close())
  const counted = () =>
    query(
      database,
      `select status, count(*)::integer as count from headway.run where parent is null group by 1`,
    )
  await expect.poll(counted).toEqual([{ status: 'completed', count: 40 }])
  const unended = `select id from headway.run where status <> 'completed'`
  expect(await query(database, unended)).toEqual([])
  const children = `select count(*)::integer as count from headway.run where parent is not null`
  const [row] = await query<{ count: number }>(database, children)
  expect(row?.count).toBeGreaterThanOrEqual(20)
})
