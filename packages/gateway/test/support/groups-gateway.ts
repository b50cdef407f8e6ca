import { once } from 'node:events'
import { afterAll, beforeAll, expect } from 'vitest'
import { dbos } from '../../src/dbos.ts'
import {
  child,
  createGateway,
  createWorker,
  type Gateway,
  job,
  type Worker,
  workflow,
} from '../../src/index.ts'
import { secret } from './attack.ts'
import { createDatabase, query } from './database.ts'
import { quiet } from './quiet.ts'
import { testEngine } from './test-engine.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

const text = {
  '~standard': {
    version: 1 as const,
    vendor: 'test',
    validate: (value: unknown) =>
      typeof value === 'string'
        ? { value }
        : { issues: [{ message: 'a text is needed', path: [] }] },
  },
}
/** How often each text was worked on. */
export const worked = new Map<string, number>()

const load = job({
  input: text,
  public: true,
  async run({ signal }, word: string) {
    const times = (worked.get(word) ?? 0) + 1
    worked.set(word, times)
    if (word.startsWith('hold') && times === 1) {
      if (!signal.aborted) await once(signal, 'abort')
      signal.throwIfAborted()
    }
    if (word.startsWith('bad') || (word.startsWith('once') && times === 1)) throw new Error('no')
    return word
  },
})
export const jobs = {
  load,
  limited: job({ rateLimit: { calls: 3, perSecs: 60 }, run: () => null }),
  /** Starts children, and fails the first time if it is told so. */
  parent: job({
    attempts: 2,
    backoff: { type: 'fixed', delayMs: 1 },
    async run(ctx, { words, fails = [] }: { words: string[]; fails?: number[] }) {
      ctx.progress(50, 'children start')
      await ctx.startChildren(load, words)
      await ctx.startChildren(load, ['more'])
      if (fails.includes(ctx.attempt)) throw new Error('my own')
      return 'mine'
    },
  }),
}
const order = workflow({
  steps: ['charge'],
  run: (ctx, item: string) => ctx.step('charge', async () => `charged ${item}`),
})
export const workflows = {
  order,
  /** Has two workflows below it. */
  orders: workflow({
    steps: ['first', 'second'],
    run: (ctx) => ctx.parallel([child('first', order, 'a book'), child('second', order, 'a pen')]),
  }),
}

export let database: string
export let url: string
export let gateway: Gateway<typeof jobs, typeof workflows>
let worker: Worker

beforeAll(async () => {
  database = await createDatabase()
  const engine = testEngine(database)
  const app = { database, engine, jobs, workflows, workflowEngine: dbos(), logger: quiet }
  gateway = await createGateway({ ...app, auth: { jwt: { secret } } })
  url = (await gateway.listen(0)).url
  worker = await createWorker({ ...app, maskErrors: false })
})
afterAll(async () => {
  await worker?.close({ force: true })
  await gateway?.close()
})

/** Resolves once the run has these members. */
export const becomes = (id: string, members: object): Promise<void> =>
  expect.poll(() => gateway.get(id), { timeout: 60_000 }).toMatchObject(members)

/** The children of a run, in their order: their statuses. */
export async function childrenOf(parent: string): Promise<{ id: string; status: string }[]> {
  return query(database, 'select id, status from headway.run where parent = $1 order by ordinal', [
    parent,
  ])
}
