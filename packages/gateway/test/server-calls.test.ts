import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dbos } from '../src/dbos.ts'
import {
  CallRefused,
  createGateway,
  createWorker,
  type Gateway,
  job,
  type Worker,
  workflow,
} from '../src/index.ts'
import { bearer, secret } from './support/attack.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import { taskOf, testEngine } from './support/test-engine.ts'

const text = {
  '~standard': {
    version: 1 as const,
    vendor: 'test',
    validate: (value: unknown) =>
      typeof value === 'string' ? { value } : { issues: [{ message: 'a text is needed' }] },
  },
}
let failures = 0
const jobs = {
  greet: job({
    input: text,
    public: true,
    run: (ctx, name: string) => `${ctx.owner} greets ${name}`,
  }),
  later: job({ run: () => 'late' }),
  fragile: job({
    run: () => {
      failures += 1
      if (failures === 1) throw new Error('no')
      return failures
    },
  }),
  held: job({
    run: async ({ signal }) => {
      if (!signal.aborted) await once(signal, 'abort')
      signal.throwIfAborted()
    },
  }),
}
const workflows = {
  order: workflow({
    steps: ['charge'],
    run: async (ctx, item: string) => ctx.step('charge', async () => `charged ${item}`),
  }),
}

let database: string
let url: string
let gateway: Gateway<typeof jobs, typeof workflows>
let worker: Worker

beforeAll(async () => {
  database = await createDatabase()
  const engine = testEngine(database)
  const app = { database, engine, jobs, workflows, workflowEngine: dbos(), logger: quiet }
  gateway = await createGateway({ ...app, auth: { jwt: { secret } } })
  url = (await gateway.listen(0)).url
  worker = await createWorker(app)
})
afterAll(async () => {
  await worker?.close()
  await gateway?.close()
})

const statusOf = async (id: string) => (await gateway.get(id))?.status
const refused = async (call: Promise<unknown>): Promise<CallRefused> => {
  const error = await call.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(CallRefused)
  return error as CallRefused
}

it('starts a job by its definition or its name, for a user', async () => {
  const byDefinition = await gateway.start(jobs.greet, 'Bo', { owner: 'ann' })
  const byName = await gateway.start('greet', 'Cy')
  await expect.poll(() => statusOf(byDefinition)).toBe('completed')
  await expect.poll(() => statusOf(byName)).toBe('completed')
  expect(await gateway.get(byDefinition)).toMatchObject({
    job_id: byDefinition,
    output: 'ann greets Bo',
    attempt: 1,
  })
  expect(await gateway.get(byName)).toMatchObject({ output: 'null greets Cy' })
  const seen = async (sub: string) =>
    (await fetch(`${url}/_api/jobs/${byDefinition}`, { headers: await bearer(sub) })).status
  expect([await seen('ann'), await seen('eve')]).toEqual([200, 403])
})

it('starts a workflow by the same call', async () => {
  const id = await gateway.start(workflows.order, 'a book')
  await expect.poll(() => statusOf(id)).toBe('completed')
  expect(await gateway.get(id)).toMatchObject({
    workflow_id: id,
    output: 'charged a book',
    steps: [{ name: 'charge', status: 'completed' }],
  })
})

it('the same key starts once, also from a client of that owner, and not for another owner', async () => {
  const key = randomUUID()
  const id = await gateway.start('greet', 'Bo', { owner: 'ann', key })
  expect(await gateway.start('greet', 'Bo', { owner: 'ann', key })).toBe(id)
  const headers = { 'content-type': 'application/json', 'x-idempotency-key': key }
  const startAs = async (own: Record<string, string>): Promise<string> => {
    const init = { method: 'POST', headers: { ...headers, ...own }, body: '{"args":"Bo"}' }
    const answer = await (await fetch(`${url}/_api/rpc/greet`, init)).json()
    return answer.data.job_id
  }
  expect(await startAs(await bearer('ann'))).toBe(id)
  expect(await gateway.start('greet', 'Bo', { owner: 'eve', key })).not.toBe(id)
  // No anonymous client gets at a run that belongs to nobody.
  const nobodys = await gateway.start('greet', 'Bo', { key })
  expect(await gateway.start('greet', 'Bo', { key })).toBe(nobodys)
  expect(await startAs({})).not.toBe(nobodys)
})

it('a delayed job waits, and its retry does not', async () => {
  const id = await gateway.start(jobs.later, undefined, { delayMs: 3_600_000 })
  expect(await taskOf(database, id)).toMatchObject({ state: 'delayed' })
  expect(await gateway.cancel(id, { reason: 'not needed' })).toMatchObject({
    status: 'cancelled',
    error: 'not needed',
  })
  expect(await gateway.retry(id)).toMatchObject({ job_id: id, error: null })
  await expect.poll(() => statusOf(id)).toBe('completed')
})

it('cancels what runs, and retries what failed, under its id', async () => {
  const running = await gateway.start('held')
  await expect.poll(() => statusOf(running)).toBe('running')
  expect((await gateway.cancel(running)).status).toMatch(/^cancel/)
  await expect.poll(() => statusOf(running)).toBe('cancelled')
  const failed = await gateway.start('fragile')
  await expect.poll(() => statusOf(failed)).toBe('failed')
  await gateway.retry(failed)
  await expect.poll(() => gateway.get(failed)).toMatchObject({ status: 'completed', output: 2 })
  expect(await refused(gateway.retry(failed))).toMatchObject({
    code: 'CONFLICT',
    message: 'The job has completed: start another one',
  })
})

it.each<[string, () => Promise<unknown>, string, string]>([
  [
    'arguments that do not fit',
    () => gateway.start('greet', 7 as never),
    'INVALID_ARGUMENT',
    'The arguments do not fit the schema: a text is needed',
  ],
  [
    'a name that it does not know',
    () => gateway.start('greeet' as 'greet', 'Bo'),
    'NOT_FOUND',
    '"greeet" is not a job or workflow of this gateway: add it to its options',
  ],
  [
    'a definition of another gateway',
    () => gateway.start(job({ run: () => null }), null),
    'NOT_FOUND',
    'this definition is not a job or workflow of this gateway',
  ],
  [
    'a delay of a workflow',
    () => gateway.start('order', 'a book', { delayMs: 1 }),
    'INVALID_ARGUMENT',
    'delayMs is given for the workflow order: let it begin with ctx.sleep()',
  ],
  [
    'a delay that is none',
    () => gateway.start('later', null, { delayMs: -1 }),
    'INVALID_ARGUMENT',
    'delayMs is -1: give whole milliseconds',
  ],
  ['a run that is not there', () => gateway.cancel('nothing'), 'JOB_NOT_FOUND', 'does not exist'],
  [
    'a retry of none',
    () => gateway.retry(randomUUID()),
    'JOB_NOT_FOUND',
    'or was removed: ended runs',
  ],
])('refuses %s with words', async (_, call, code, message) => {
  const error = await refused(call())
  expect(error.code).toBe(code)
  expect(error.message).toContain(message)
})

it('gives null for a run that is not there', async () => {
  expect([await gateway.get('nothing'), await gateway.get(randomUUID())]).toEqual([null, null])
})

it('refuses to retry a run that was only reported', async () => {
  const [row] = await query<{ id: string }>(database, `select headway.start_job('reported') as id`)
  await query(database, `select headway.fail($1, 'no')`, [row?.id])
  const error = await refused(gateway.retry(row?.id ?? ''))
  expect(error).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('did not run this job'),
  })
})
