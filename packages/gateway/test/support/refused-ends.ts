import { type Client, createClient, defineJob, defineWorkflow } from '@headway/core'
import { afterAll, beforeAll, expect } from 'vitest'
import { bullmq } from '../../src/bullmq.ts'
import { dbos } from '../../src/dbos.ts'
import { createGateway, createWorker, job, workflow } from '../../src/index.ts'
import { createTeardown } from '../../src/teardown.ts'
import { createDatabase } from './database.ts'
import { quiet } from './quiet.ts'
import { createRefusingProxy, type Refusal, type RefusingProxy } from './refusing-proxy.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export const effects = new Map<string, number>()
export const gates = new Map<string, () => void>()
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
export let proxy: RefusingProxy
export let client: Client

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
export const refuse = (kind: RegExp, id: string, state: string, times: number): Refusal =>
  proxy.refuse({
    matches: (statement) => kind.test(statement) && statement.includes(id),
    state,
    times,
  })
export const endOfJob = /-- An attempt ended/
export const board = /-- The visible state of any number of workflows/
export const endOfWorkflow = /-- The ends of any number of workflows/

/** Starts a job that waits, and resolves with its handle once its id is known and it has begun. */
export async function begin(name: keyof typeof jobs) {
  const handle = client.start(defineJob<null, unknown>(name), null)
  await expect.poll(() => gates.has(handle.getSnapshot().jobId)).toBe(true)
  const id = handle.getSnapshot().jobId
  return { handle, id, goOn: () => gates.get(id)?.() }
}

export async function beginWorkflow() {
  const handle = client.start(defineWorkflow('steps'), null)
  await expect.poll(() => gates.has(handle.getSnapshot().workflowId)).toBe(true)
  const id = handle.getSnapshot().workflowId
  return { handle, id, goOn: () => gates.get(id)?.() }
}
