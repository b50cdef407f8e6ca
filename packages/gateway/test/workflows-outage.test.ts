import { setTimeout as wait } from 'node:timers/promises'
import { type Client, createClient, defineWorkflow } from '@headway/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dbos } from '../src/dbos.ts'
import { createGateway, createWorker, type Gateway, type Worker, workflow } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const names = Array.from({ length: 10 }, (_, index) => `step-${index}`)
const done = new Map<string, string[]>()

/** Ten steps that touch no database, and a wait in the middle of them. */
const steady = workflow({
  steps: names,
  run: async (ctx) => {
    for (const [index, name] of names.entries()) {
      if (index === 5) await ctx.waitFor('half')
      await ctx.step(name, async () => {
        await wait(20)
        done.set(ctx.id, [...(done.get(ctx.id) ?? []), name])
      })
    }
    return names.length
  },
})

let database: string
let gateway: Gateway
let worker: Worker
let client: Client

beforeAll(async () => {
  database = await createDatabase()
  const app = { database, workflows: { steady }, workflowEngine: dbos(), logger: quiet }
  gateway = await createGateway(app)
  worker = await createWorker(app)
  client = createClient({ url: (await gateway.listen(0)).url })
})
afterAll(async () => {
  client?.close()
  await worker?.close()
  await gateway?.close()
})

it('every connection to the database is cut, again and again: each workflow ends, and shows each of its steps', async () => {
  const handles = Array.from({ length: 10 }, () => client.start(defineWorkflow('steady'), null))
  await Promise.all(
    handles.map((handle) => expect.poll(() => handle.getSnapshot().workflowId).not.toBe('')),
  )
  const cut = (): Promise<unknown> =>
    query(
      database,
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    )
  for (const [index, handle] of handles.entries()) {
    if (index % 2 === 0) await cut()
    const id = handle.getSnapshot().workflowId
    // It may be sent twice: one too many ends no other wait.
    const tell = (): Promise<boolean> =>
      client.sendEvent(defineWorkflow('steady'), id, 'half').then(
        () => true,
        () => false,
      )
    await expect.poll(tell).toBe(true)
  }
  await cut()
  for (const handle of handles) expect(await handle.result).toBe(names.length)
  for (const handle of handles) {
    const { workflowId, steps } = handle.getSnapshot()
    expect(steps.map(({ name, status }) => `${name} ${status}`)).toEqual(
      names.map((name) => `${name} completed`),
    )
    // What was done and could not be remembered is done again, and nothing else.
    expect(new Set(done.get(workflowId))).toEqual(new Set(names))
  }
})
