import { setTimeout as wait } from 'node:timers/promises'
import {
  type Client,
  createClient,
  jobsOf,
  mutationsOf,
  queriesOf,
  workflowsOf,
} from '@headway/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
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
} from '../src/index.ts'
import { query as ask, createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const greet = job({ run: (_, { name }: { name: string }) => ({ greeting: `Hello ${name}` }) })
const sign = workflow({ steps: ['sign'], run: (ctx) => ctx.step('sign', () => 'signed') })
const stranger = job({ run: () => null })

/** What a mutation goes on with after its end. */
let late: Promise<PromiseSettledResult<unknown>[]>

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
const names = {
  jobs: jobsOf<Api>(),
  mutations: mutationsOf<Api>(),
  queries: queriesOf<Api>(),
  workflows: workflowsOf<Api>(),
}

let database: string
let gateway: Gateway
let worker: Worker
let client: Client
/** What becomes of what is handed to the queue: a test may keep it from that. */
let enqueue: (go: () => Promise<void>) => Promise<void> = (go) => go()

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

describe('a mutation', () => {
  it('changes what it changes and starts what it starts, together; live queries show it', async () => {
    const shown = client.watch(names.queries.names, undefined as never)
    const stop = shown.subscribe(() => undefined)
    await expect.poll(() => shown.getSnapshot().data).toEqual([])
    const started = await client.call(names.mutations.rename, { id: 1, name: 'Ann' })
    expect(await client.attach(names.jobs.greet, started.job).result).toEqual({
      greeting: 'Hello Ann',
    })
    expect(await client.attach(names.workflows.sign, started.workflow).result).toBe('signed')
    await expect.poll(() => shown.getSnapshot().data).toEqual(['Ann'])
    stop()
  })

  it('that forgives a statement its failure is refused, since PostgreSQL undoes it all', async () => {
    const before = await ask(database, 'select id from headway.run order by id')
    await expect(client.call(names.mutations.forgiving, undefined as never)).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
    })
    expect(await ask(database, 'select id from headway.run order by id')).toEqual(before)
    expect(await ask(database, 'select id from users where id = 90')).toEqual([])
  })

  it('that goes on after its end does nothing more on a connection that others have', async () => {
    await client.call(names.mutations.hasty, undefined as never)
    expect((await late).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await ask(database, 'select id from users where id = 91')).toEqual([])
  })

  it('that fails has changed nothing, and started nothing', async () => {
    const before = await ask(database, 'select id from headway.run order by id')
    const calling = client.call(names.mutations.rename, { id: 2, name: 'Bob', fail: true })
    await expect(calling).rejects.toMatchObject({ status: 500, message: 'Something went wrong' })
    expect(await ask(database, 'select id from users where id = 2')).toEqual([])
    expect(await ask(database, 'select id from headway.run order by id')).toEqual(before)
  })

  it('says why it refuses', async () => {
    await expect(client.call(names.mutations.refusing)).rejects.toMatchObject({
      code: 'TOO_LITTLE',
      status: 422,
      message: 'There is not enough money',
      details: { left: 3 },
    })
  })

  it('starts nothing that is not the gateway’s own', async () => {
    await expect(client.call(names.mutations.misplaced)).rejects.toMatchObject({ status: 500 })
  })

  it('ends in time', async () => {
    const slow = mutation({ run: ({ sql }) => sql`select pg_sleep(600)` })
    const options = { database, mutations: { slow }, queryTimeoutSecs: 1, logger: quiet }
    const brief = await createGateway(options)
    const client = createClient({ url: (await brief.listen(0)).url })
    await expect(client.call(mutationsOf<typeof brief.api>().slow)).rejects.toMatchObject({
      code: 'TIMEOUT',
      status: 504,
    })
    client.close()
    await brief.close()
  })

  it('what its queue does not take is handed over later, by whoever finds it', async () => {
    enqueue = () => Promise.reject(new Error('no queue'))
    const { job } = await client.call(names.mutations.rename, { id: 3, name: 'Eve' })
    const read = () =>
      ask<{ status: string }>(database, 'select status from headway.run where id = $1', [job])
    expect(await read()).toEqual([{ status: 'pending' }])
    enqueue = (go) => go()
    expect(await client.attach(names.jobs.greet, job).result).toEqual({ greeting: 'Hello Eve' })
  })

  it('a crash between a start and its queue loses none, nor one between a retry and its queue', async () => {
    // As whoever dies there leaves it.
    enqueue = () => new Promise(() => undefined)
    const { job } = await client.call(names.mutations.rename, { id: 4, name: 'Joe' })
    enqueue = (go) => go()
    const handle = client.attach(names.jobs.greet, job)
    expect(await handle.result).toEqual({ greeting: 'Hello Joe' })
    await ask(
      database,
      `update headway.run
          set status = 'pending', engine_id = gen_random_uuid()::text, handed_over_at = null, output = null,
              finished_at = null, revision = revision + 1
        where id = $1`,
      [job],
    )
    const done = `select status from headway.run where id = $1 and status = 'completed'`
    await expect.poll(() => ask(database, done, [job])).toHaveLength(1)
  })
})
