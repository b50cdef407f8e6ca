import { setTimeout as wait } from 'node:timers/promises'
import {
  type Client,
  createClient,
  jobsOf,
  mutationsOf,
  queriesOf,
  workflowsOf,
} from '@headway/core'
import { afterAll, beforeAll } from 'vitest'
import { bullmq } from '../../src/bullmq.ts'
import { dbos } from '../../src/dbos.ts'
import {
  createGateway,
  createWorker,
  type Engine,
  type Gateway,
  job,
  type MutationContext,
  mutation,
  query,
  Refused,
  type Worker,
  workflow,
} from '../../src/index.ts'
import { query as ask, createDatabase } from './database.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

const greet = job({ run: (_, { name }: { name: string }) => ({ greeting: `Hello ${name}` }) })
const sign = workflow({ steps: ['sign'], run: (ctx) => ctx.step('sign', () => 'signed') })
const stranger = job({ run: () => null })

/** What a mutation goes on with after its end. */
export let late: Promise<PromiseSettledResult<unknown>[]>

type Rename = MutationContext<{ id: number; name: string; fail?: boolean }>

const jobs = { greet }
const workflows = { sign }
const queries = {
  names: query({
    run: async ({ sql }) => {
      const rows = await sql<{ name: string }>`select name from users order by id`
      return rows.map(({ name }) => name)
    },
  }),
}
const mutations = {
  rename: mutation({
    run: async ({ sql, input, start }: Rename) => {
      const { id, name, fail } = input
      await sql`insert into users values (${id}, ${name})
        on conflict (id) do update set name = excluded.name`
      const started = { job: await start(greet, { name }), workflow: await start(sign) }
      await sql`insert into started values (${started.job}, ${started.workflow})`
      if (fail) throw new Error('not today')
      return started
    },
  }),
  refusing: mutation({
    run: () => {
      throw new Refused('There is not enough money', { code: 'TOO_LITTLE', details: { left: 3 } })
    },
  }),
  forgiving: mutation({
    run: async ({ sql, start }) => {
      await sql`insert into users values (90, 'Zoe')`
      const id = await start(greet, { name: 'Zoe' })
      await sql`select 1 / 0`.catch(() => undefined)
      return id
    },
  }),
  hasty: mutation({
    run: ({ sql, start }) => {
      late = wait(100).then(() =>
        Promise.allSettled([
          sql`insert into users values (91, 'Yan')`,
          start(greet, { name: 'Yan' }),
        ]),
      )
      return null
    },
  }),
  misplaced: mutation({ run: ({ start }) => start(stranger) }),
}
type Api = Gateway<typeof jobs, typeof workflows, typeof queries, typeof mutations>['api']
export const names = {
  jobs: jobsOf<Api>(),
  mutations: mutationsOf<Api>(),
  queries: queriesOf<Api>(),
  workflows: workflowsOf<Api>(),
}

export let database: string
let gateway: Gateway
let worker: Worker
export let client: Client
/** What becomes of what is handed to the queue: a test may keep it from that. */
type Enqueue = (go: () => Promise<void>) => Promise<void>
const enqueueNow: Enqueue = (go) => go()
let enqueue = enqueueNow

const engine = (): Engine => {
  const real = bullmq()
  return {
    name: real.name,
    queue: real.queue,
    async connect(database, logger) {
      const connection = await real.connect(database, logger)
      return { ...connection, enqueue: (task) => enqueue(() => connection.enqueue(task)) }
    },
  }
}

beforeAll(async () => {
  database = await createDatabase()
  await ask(
    database,
    `create table users (id integer primary key, name text not null);
     create table started (job uuid, workflow uuid)`,
  )
  const app = { database, engine: engine(), jobs, workflowEngine: dbos(), workflows, logger: quiet }
  gateway = await createGateway({ ...app, queries, mutations })
  worker = await createWorker(app)
  client = createClient({ url: (await gateway.listen(0)).url })
})
afterAll(async () => {
  client?.close()
  await worker?.close()
  await gateway?.close()
})

/** Replaces the hand-over of jobs to the engine; without an argument it works again. */
export function replaceEnqueue(next: Enqueue = enqueueNow): void {
  enqueue = next
}
