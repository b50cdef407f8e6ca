import { randomUUID } from 'node:crypto'
import { post, start } from '@headway/conformance/wire'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, createWorker, type Engine, job } from '../src/index.ts'
import { runIdOf } from '../src/runs/run-id.ts'
import { createTeardown, type Teardown } from '../src/teardown.ts'
import { ask, member } from './support/attack.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

/** The same name in both, and nothing else in common. */
const how = {
  attempts: 5,
  backoff: { type: 'fixed', delayMs: 17 },
  priority: 3,
  delayMs: 50,
} as const
const ours = { export: job({ ...how, run: () => 'ours' }), own: job({ ...how, run: () => 'own' }) }
const theirs = { export: job({ run: () => 'theirs' }) }

let database: string
let teardown: Teardown
beforeEach(async () => {
  teardown = createTeardown()
  database = await createDatabase()
})
afterEach(() => teardown.run())

type Jobs = Record<string, typeof theirs.export>
const serve = async (engine: Engine, jobs: Jobs): Promise<string> => {
  const gateway = await createGateway({ database, engine, jobs, logger: quiet })
  teardown.defer(gateway.close)
  return (await gateway.listen(0)).url
}
const work = async (engine: Engine, jobs: Jobs): Promise<void> => {
  const worker = await createWorker({ database, engine, jobs, logger: quiet })
  teardown.defer(() => worker.close({ force: true }))
}
/** One whose gateways die before its queue hears of anything. */
const dying = (engine: Engine): Engine => ({
  ...engine,
  connect: async (...args) => ({
    ...(await engine.connect(...args)),
    enqueue: () => new Promise(() => undefined),
  }),
})
const tasks = () =>
  query(
    database,
    `select queue, name, priority, max_attempts as attempts, opts->'delay' as delay, opts->'backoff' as backoff
       from bullmq.job order by name`,
  )
const ended = async (run: string) =>
  (await query(database, 'select status, output, attempt from headway.run where id = $1', [run]))[0]

it('runs that a crash left over are handed to their own queue, with their own options, by any process of that queue', async () => {
  const [mine, other] = [bullmq({ queue: 'ours' }), bullmq({ queue: 'theirs' })]
  await serve(other, theirs)
  await work(other, theirs)
  const url = await serve(dying(mine), ours)
  // Their answers never come: it dies first.
  for (const name of ['export', 'own']) void post(url, `/rpc/${name}`, {}).catch(() => undefined)
  const runs = 'select name, handed_over_at from headway.run order by name'
  const left = [
    { name: 'export', handed_over_at: null },
    { name: 'own', handed_over_at: null },
  ]
  await expect.poll(() => query(database, runs)).toEqual(left)
  // A later version, which knows neither by these options any more; only of its queue it is.
  await serve(mine, { export: job({ run: () => 'newer' }) })
  const options = {
    queue: 'ours',
    priority: 3,
    attempts: 5,
    delay: 50,
    backoff: { type: 'fixed', delay: 17 },
  }
  await expect.poll(tasks).toEqual([
    { name: 'export', ...options },
    { name: 'own', ...options },
  ])
  await work(mine, ours)
  const outcomes = 'select name, status, output from headway.run order by name'
  await expect
    .poll(() => query(database, outcomes))
    .toEqual([
      { name: 'export', status: 'completed', output: 'ours' },
      { name: 'own', status: 'completed', output: 'own' },
    ])
})

it('queues of the same name in two schemas are separate', async () => {
  const [mine, other] = [bullmq({ schema: 'mine' }), bullmq({ schema: 'other' })]
  await serve(other, theirs)
  const url = await serve(dying(mine), ours)
  void post(url, '/rpc/export', {}).catch(() => undefined)
  await work(other, theirs)
  await work(mine, ours)
  const outputs = 'select output from headway.run'
  await expect.poll(() => query(database, outputs)).toEqual([{ output: 'ours' }])
})

it('a run of the other app is not retried here, and is retried there with its own options', async () => {
  const [mine, other] = [bullmq({ queue: 'ours' }), bullmq({ queue: 'theirs' })]
  const [here, there] = [await serve(mine, ours), await serve(other, theirs)]
  const run = await start(here, 'export')
  await post(here, `/jobs/${run}/cancel`, {})
  expect(await post(there, `/jobs/${run}/retry`, {})).toMatchObject({
    status: 409,
    body: { error: { code: 'CONFLICT' } },
  })
  expect(await post(here, `/jobs/${run}/retry`, {})).toMatchObject({ status: 200 })
  expect(await tasks()).toMatchObject([{ queue: 'ours', priority: 3, attempts: 5 }])
})

it('the same key starts a run of each app, whose own workers run it', async () => {
  const [mine, other] = [bullmq({ queue: 'ours' }), bullmq({ queue: 'theirs' })]
  const [here, again, there] = await Promise.all([
    serve(mine, ours),
    serve(mine, ours),
    serve(other, theirs),
  ])
  const key = { 'x-idempotency-key': randomUUID() }
  const send = async (url: string) =>
    String(member(await ask(url, 'POST', '/rpc/export', key), 'job_id'))
  const [first, second] = [await send(here), await send(there)]
  expect([await send(again), await send(there)]).toEqual([first, second])
  expect(second).not.toBe(first)
  await Promise.all([work(mine, ours), work(other, theirs)])
  const done = { status: 'completed', attempt: 1 }
  await expect.poll(() => ended(first)).toEqual({ ...done, output: 'ours' })
  await expect.poll(() => ended(second)).toEqual({ ...done, output: 'theirs' })
})

it('a start of a run that another app has is not handed to this queue', async () => {
  const [mine, other] = [bullmq({ queue: 'ours' }), bullmq({ queue: 'theirs' })]
  const key = randomUUID()
  const id = runIdOf(null, 'export', key)
  await serve(other, theirs)
  // From before ids were secret: then the apps of a database shared them.
  await query(
    database,
    `insert into headway.run (id, kind, name, engine, queue, args, progress, engine_id, idempotency_key, created_at)
     values ($1, 'job', 'export', 'bullmq', 'bullmq.theirs', 'null', 0, $1::uuid::text, $2, now() - interval '1 minute')`,
    [id, key],
  )
  const url = await serve(mine, ours)
  const answer = await ask(url, 'POST', '/rpc/export', { 'x-idempotency-key': key })
  expect(member(answer, 'job_id')).toBe(id)
  await expect.poll(tasks).toMatchObject([{ queue: 'theirs' }])
})

it('a run from before the column `queue` is handed over by a process that knows its job', async () => {
  const insert = async (name: string): Promise<string> => {
    const id = randomUUID()
    await query(
      database,
      `insert into headway.run (id, kind, name, engine, args, progress, engine_id, updated_at)
       values ($1, 'job', $2, 'bullmq', 'null', 0, $1::uuid::text, now() - interval '1 minute')`,
      [id, name],
    )
    return id
  }
  const [mine, other] = [bullmq({ queue: 'ours' }), bullmq({ queue: 'theirs' })]
  await serve(other, theirs)
  await serve(mine, { own: ours.own })
  const [own, unknown] = [await insert('own'), await insert('unknown')]
  await expect.poll(tasks).toMatchObject([{ name: 'own', queue: 'ours', attempts: 5 }])
  expect(await ended(unknown)).toMatchObject({ status: 'pending' })
  const noted = 'select queue from headway.run where id = $1'
  await expect.poll(() => query(database, noted, [own])).toEqual([{ queue: 'bullmq.ours' }])
})

it('a run that its queue refuses does not hold up the others', async () => {
  const mine = bullmq({ queue: 'ours' })
  const url = await serve(dying(mine), ours)
  for (const name of ['export', 'own']) void post(url, `/rpc/${name}`, {}).catch(() => undefined)
  const count = async () => (await query(database, 'select from headway.run')).length
  await expect.poll(count).toBe(2)
  await query(
    database,
    `update headway.run set options = '{"attempts":1,"backoff":{"type":"fixed","delayMs":1},"priority":3000000,"delayMs":0}'
      where name = 'export'`,
  )
  await serve(mine, ours)
  await expect.poll(tasks).toMatchObject([{ name: 'own' }])
})
