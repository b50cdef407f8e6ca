import { get, post, start } from '@headway/conformance/wire'
import { isRecord } from '@headway/core/protocol'
import pg from 'pg'
import { pino } from 'pino'
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import {
  createGateway,
  createWorker,
  type Gateway,
  job,
  Refused,
  recordWorkflow,
  StepFailed,
  type Worker,
  workflow,
} from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'

const secret = 'password=hunter2'
const output = v.object({
  rows: v.pipe(
    v.string(),
    v.check(
      () => false,
      ({ input }) => `not ${input}`,
    ),
  ),
})
const jobs = {
  unfitting: job({ output, run: () => ({ rows: secret }) }),
  /** Fails once with an error, then with a `Refused`. */
  changing: job({
    attempts: 2,
    backoff: { type: 'fixed', delayMs: 0 },
    run: ({ attempt }) => {
      if (attempt === 1) throw new Error(secret)
      throw new Refused('There is no seat left')
    },
  }),
}
/** The error that a workflow's own code got of its step. */
let told: unknown
const workflows = {
  caught: workflow({
    steps: ['a'],
    run: async (ctx) => {
      told = await ctx
        .step('a', () => {
          throw new Error(secret)
        })
        .catch((error: unknown) => error)
      throw told
    },
  }),
  late: workflow({
    steps: ['a'],
    // It listens to its signal, and is not to answer with words of its own.
    run: (ctx) =>
      ctx.step(
        'a',
        ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(new Error(secret)))
          }),
        { timeout: 20 },
      ),
  }),
}

let database: string
let pool: pg.Pool
let gateway: Gateway
let worker: Worker
let url: string
const lines: string[] = []

beforeAll(async () => {
  database = await createDatabase()
  pool = new pg.Pool({ connectionString: database, max: 1 })
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const app = { database, engine: bullmq(), jobs, workflowEngine: dbos(), workflows, logger }
  gateway = await createGateway(app)
  worker = await createWorker(app)
  url = (await gateway.listen(0)).url
})
beforeEach(() => {
  lines.length = 0
})
afterAll(async () => {
  await pool?.end()
  await worker?.close()
  await gateway?.close()
})

const ended = async (id: string): Promise<Record<string, unknown>> => {
  const text = 'select * from headway.run where id = $1 and finished_at is not null'
  await expect.poll(() => query(database, text, [id])).toHaveLength(1)
  return (await query(database, text, [id]))[0] ?? {}
}
const startWorkflow = async (name: string): Promise<string> => {
  const { body } = await post(url, `/rpc/${name}`, {})
  const data = isRecord(body) && isRecord(body.data) ? body.data : {}
  return String(data.workflow_id)
}
/** Everything that is kept of a run, by us and by the queue of its engine. */
const everything = async (): Promise<string> => {
  const [{ tables = [] } = {}] = await query<{ tables: string[] }>(
    database,
    `select array_agg(format('%I.%I', table_schema, table_name)) as tables
       from information_schema.tables
      where table_schema in ('headway', 'bullmq') and table_type = 'BASE TABLE'`,
  )
  expect(tables).toContain('headway.run')
  expect(tables.join()).toContain('bullmq.')
  const texts = await Promise.all(
    tables.map((table) => query(database, `select to_jsonb(t) as row from ${table} as t`)),
  )
  return JSON.stringify(texts)
}

describe('the message of an error that is not a Refused', () => {
  it('is in the log under the id of the job, but not in its state or its queue', async () => {
    const id = await start(url, 'changing')
    expect(await ended(id)).toMatchObject({ status: 'dead_letter', error: 'There is no seat left' })
    expect(await everything()).not.toContain('hunter2')
    const logged = lines.map((line) => JSON.parse(line)).filter(({ runId }) => runId === id)
    expect(logged).toMatchObject([{ attempt: 1, job: 'changing', err: { message: secret } }])
  })

  it('is not shown for an output that does not fit, whose schema names its value', async () => {
    const id = await start(url, 'unfitting')
    const error = 'The output does not fit its schema'
    expect(await ended(id)).toMatchObject({ status: 'failed', error })
    expect(lines.join()).toContain(`at rows: not ${secret}`)
  })

  it('reaches a workflow that catches it, and is not shown when it is thrown again', async () => {
    const id = await startWorkflow('caught')
    expect(await ended(id)).toMatchObject({ status: 'failed', error: 'The step failed' })
    expect(told).toBeInstanceOf(StepFailed)
    expect(told).toMatchObject({ message: 'The step failed', cause: { message: secret } })
    const { body } = await get(url, `/workflows/${id}`)
    expect(isRecord(body) && JSON.stringify(body.data)).not.toContain('hunter2')
    // Once, where it was thrown.
    expect(lines.filter((line) => line.includes(id))).toHaveLength(1)
  })

  it('is not in the message of a step that took too long', async () => {
    const id = await startWorkflow('late')
    expect(await ended(id)).toMatchObject({ error: 'The step took longer than 20 ms' })
  })

  it.each([
    [new Error(secret), undefined, 'The step failed'],
    [new Refused('no disk'), undefined, 'no disk'],
    [new Error('disk full'), false, 'disk full'],
  ])('is not in what a reported step shows: %s, %s', async (error, maskErrors, shown) => {
    const options = {
      name: 'deploy',
      steps: ['build'],
      ...(maskErrors === false && { maskErrors }),
    }
    const report = await recordWorkflow(pool, options)
    await expect(report.run('build', () => Promise.reject(error))).rejects.toBe(error)
    const text = 'select error from headway.step where run_id = $1'
    expect(await query(database, text, [report.id])).toEqual([{ error: shown }])
  })
})
