import { type Client, createClient, defineJob, defineWorkflow } from '@headway/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import { createGateway, createWorker, job, workflow } from '../src/index.ts'
import { createTeardown } from '../src/teardown.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import { createRefusingProxy, type Refusal, type RefusingProxy } from './support/refusing-proxy.ts'

/**
 * One SQLSTATE of each class that a statement can be refused with, and `cut`: done, and the answer
 * lost.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const passing = [
  ...['03000', '08006', '08P01', '09000', '0A000', '0B000', '0F000', '0L000', '0P000', '0Z000'],
  ...['20000', '24000', '25006', '25P02', '25P03', '26000', '27000', '28000', '28P01', '2B000'],
  ...['2D000', '2F000', '34000', '38000', '39000', '3B000', '3D000', '3F000', '40001', '40P01'],
  ...['42501', '42P01', '44000', '53100', '53200', '53300', '54000', '55000', '55P03', '55006'],
  ...['57014', '57P01', '57P02', '57P03', '57P05', '58000', '58030', '72000', 'F0000', 'HV000'],
  ...['P0001', 'XX000', 'XX001', 'cut'],
]
/** Errors that the data itself causes. */
const final = ['21000', '22P02', '22003', '22021', '23503', '23505', '23514']

const effects = new Map<string, number>()
const gates = new Map<string, () => void>()
/** Until the test has said what is to be refused of this run. */
const opened = (id: string): Promise<void> => new Promise((resolve) => gates.set(id, resolve))
const count = (id: string): number => {
  effects.set(id, (effects.get(id) ?? 0) + 1)
  return effects.get(id) ?? 0
}

const jobs = {
  once: job({
    attempts: 1,
    run: async (ctx) => {
      await opened(ctx.id)
      ctx.progress(99, 'the last word')
      return count(ctx.id)
    },
  }),
  fails: job({
    attempts: 1,
    run: async (ctx) => {
      await opened(ctx.id)
      throw new Error(`failed ${count(ctx.id)} time`)
    },
  }),
  reports: job({
    attempts: 1,
    run: async (ctx) => {
      await opened(ctx.id)
      ctx.progress(50, 'half')
      await opened(`${ctx.id} again`)
      return null
    },
  }),
}
const workflows = {
  steps: workflow({
    steps: ['first', 'second'],
    run: async (ctx) => {
      await ctx.step('first', async () => {
        await opened(ctx.id)
        count(ctx.id)
      })
      return ctx.step('second', () => count(ctx.id))
    },
  }),
}

const teardown = createTeardown()
let proxy: RefusingProxy
let client: Client

beforeAll(async () => {
  const database = await createDatabase()
  proxy = await createRefusingProxy(database)
  teardown.defer(proxy.close)
  const engines = { engine: bullmq(), workflowEngine: dbos() }
  const app = { ...engines, jobs, workflows, maskErrors: false, logger: quiet }
  const gateway = await createGateway({ ...app, database })
  teardown.defer(gateway.close)
  const worker = await createWorker({ ...app, database: proxy.url, concurrency: 100 })
  teardown.defer(() => worker.close({ force: true }))
  client = createClient({ url: (await gateway.listen(0)).url })
  teardown.defer(async () => client.close())
})
afterAll(teardown.run)

/** Refuses statements of a kind that name a run. */
const refuse = (kind: RegExp, id: string, state: string, times: number): Refusal =>
  proxy.refuse({
    matches: (statement) => kind.test(statement) && statement.includes(id),
    state,
    times,
  })
const endOfJob = /-- An attempt ended/
const progressOfJobs = /-- The newest progress/
const recordOfStep = /INSERT INTO "dbos".operation_outputs/
const board = /-- The visible state of any number of workflows/
const endOfWorkflow = /-- The ends of any number of workflows/

/** Starts a job that waits, and resolves with its handle once its id is known and it has begun. */
async function begin(name: keyof typeof jobs) {
  const handle = client.start(defineJob<null, unknown>(name), null)
  await expect.poll(() => gates.has(handle.getSnapshot().jobId)).toBe(true)
  const id = handle.getSnapshot().jobId
  return { handle, id, goOn: () => gates.get(id)?.() }
}

async function beginWorkflow() {
  const handle = client.start(defineWorkflow('steps'), null)
  await expect.poll(() => gates.has(handle.getSnapshot().workflowId)).toBe(true)
  const id = handle.getSnapshot().workflowId
  return { handle, id, goOn: () => gates.get(id)?.() }
}

/** The outcome for each SQLSTATE, several at the same time. */
async function each<T>(states: string[], width: number, run: (state: string) => Promise<T>) {
  const results = new Map<string, T>()
  const left = [...states]
  const work = async (): Promise<void> => {
    for (let state = left.shift(); state !== undefined; state = left.shift()) {
      results.set(state, await run(state))
    }
  }
  await Promise.all(Array.from({ length: width }, work))
  return Object.fromEntries(results)
}

const all = <T>(states: string[], value: T) => Object.fromEntries(states.map((s) => [s, value]))

describe('errors that pass', () => {
  it('a finished job is recorded once, and its effect happens once', async () => {
    const results = await each(passing, 60, async (state) => {
      const { handle, id, goOn } = await begin('once')
      const refusal = refuse(endOfJob, id, state, state === 'cut' ? 1 : 2)
      goOn()
      const output = await handle.result
      const { attempt, progress } = handle.getSnapshot()
      return { output, attempt, progress, effects: effects.get(id), left: refusal.times }
    })
    const done = { output: 1, attempt: 1, progress: 99, effects: 1, left: 0 }
    expect(results).toEqual(all(passing, done))
  })

  it('a failure is recorded once, with its reason', async () => {
    const results = await each(passing, 60, async (state) => {
      const { handle, id, goOn } = await begin('fails')
      const refusal = refuse(endOfJob, id, state, state === 'cut' ? 1 : 2)
      goOn()
      await handle.result.catch(() => undefined)
      const { status, error, attempt } = handle.getSnapshot()
      return { status, error, attempt, left: refusal.times }
    })
    const failed = { status: 'failed', error: 'failed 1 time', attempt: 1, left: 0 }
    expect(results).toEqual(all(passing, failed))
  })

  it('the steps, boards and end of a workflow are recorded once', async () => {
    // They are written together: one that is refused keeps the others waiting.
    const results = await each(passing, 3, async (state) => {
      const { handle, id, goOn } = await beginWorkflow()
      const kinds = [recordOfStep, board, endOfWorkflow]
      const refusals = kinds.map((kind) => refuse(kind, id, state, 1))
      goOn()
      const output = await handle.result
      const steps = handle.getSnapshot().steps.map(({ status }) => status)
      const left = refusals.map(({ times }) => times)
      return { output, steps, effects: effects.get(id), left }
    })
    const done = { output: 2, steps: ['completed', 'completed'], effects: 2, left: [0, 0, 0] }
    expect(results).toEqual(all(passing, done))
  })

  it('progress is shown in spite of the error', async () => {
    const states = ['08006', '40001', '42501', '54000', '55P03', 'XX000', 'cut']
    await each(states, 7, async (state) => {
      const { handle, id, goOn } = await begin('reports')
      refuse(progressOfJobs, id, state, 1)
      goOn()
      await expect.poll(() => handle.getSnapshot().progress).toBe(50)
      gates.get(`${id} again`)?.()
      await handle.result
    })
  })
})

describe('a job whose worker loses an answer before it runs', () => {
  it.each([
    ['once', 1],
    ['once', 3],
    ['fails', 1],
  ] as const)('%s: runs as its first attempt, however often: %i', async (name, times) => {
    const refusals = [/-- A worker takes the run/, /-- The handler of an attempt/].map((kind) =>
      proxy.refuse({ matches: (statement) => kind.test(statement), state: 'cut', times }),
    )
    const { handle, id, goOn } = await begin(name)
    expect(refusals.map(({ times }) => times)).toEqual([0, 0])
    goOn()
    await handle.result.catch(() => undefined)
    const status = name === 'once' ? 'completed' : 'failed'
    expect(handle.getSnapshot()).toMatchObject({ status, attempt: 1 })
    expect(effects.get(id)).toBe(1)
  })
})

it('a workflow whose worker loses the answer of its claim runs all the same', async () => {
  const matches = (statement: string): boolean =>
    /-- Takes runs without an executor/.test(statement)
  const refused = proxy.refuse({ matches, state: '40001', times: Number.POSITIVE_INFINITY })
  const handle = client.start(defineWorkflow('steps'), null)
  const id = () => handle.getSnapshot().workflowId
  await expect.poll(id).not.toBe('')
  // It is there by now, for the next claim.
  const lost = proxy.refuse({ matches, state: 'cut', times: 1 })
  refused.times = 0
  await expect.poll(() => gates.has(id())).toBe(true)
  expect(lost.times).toBe(0)
  gates.get(id())?.()
  expect(await handle.result).toBe(2)
  expect(effects.get(id())).toBe(2)
})

describe('errors of the data', () => {
  it.for(final)('%s: the job fails, without more attempts than declared', async (state) => {
    const { handle, id, goOn } = await begin('once')
    refuse(endOfJob, id, state, 1)
    goOn()
    await expect(handle.result).rejects.toThrow('The output could not be stored')
    expect(handle.getSnapshot()).toMatchObject({ status: 'failed', attempt: 1 })
    expect(effects.get(id)).toBe(1)
  })

  it.for(final)('%s: the workflow fails, and its steps are shown as they ended', async (state) => {
    const { handle, id, goOn } = await beginWorkflow()
    for (const kind of [board, endOfWorkflow]) refuse(kind, id, state, 1)
    goOn()
    await expect(handle.result).rejects.toThrow('The output could not be stored')
    expect(handle.getSnapshot().steps.map(({ status }) => status)).toEqual([
      'completed',
      'completed',
    ])
    expect(effects.get(id)).toBe(2)
  })
})
