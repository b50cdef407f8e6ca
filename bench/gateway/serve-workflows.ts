import { setTimeout as wait } from 'node:timers/promises'
import { DBOS } from '@dbos-inc/dbos-sdk'
import { createGateway, createWorker, workflow } from '@headway/gateway'
import { dbos } from '@headway/gateway/dbos'
import pg from 'pg'
import { pino } from 'pino'
import { now } from './readers.ts'
import type { WorkflowsDone, WorkflowsOrder } from './workflows.ts'

/*
 * A process that executes workflows on a real database. It sends `ready`, then follows orders.
 */

const [name = '', database = ''] = process.argv.slice(2)
const logger = pino({ level: 'warn' })

/** Executes workflows side by side. Resolves when all have ended. */
type Execute = (workflows: number, steps: number) => Promise<void>

/** The times at which the steps of the watched workflow ended. */
let endedAt: number[] = []

async function headway(): Promise<Execute> {
  const many = workflow({
    run: async (ctx, { steps }: { steps: number }) => {
      for (let step = 0; step < steps; step += 1) await ctx.step(`step-${step}`, () => step)
      return null
    },
  })
  /** Slow enough that each step is a notification of its own. */
  const watched = workflow({
    steps: Array.from({ length: 100 }, (_, step) => `step-${step}`),
    run: async (ctx) => {
      endedAt = []
      for (let step = 0; step < 100; step += 1) {
        await ctx.step(`step-${step}`, async () => {
          await wait(20)
          endedAt.push(now())
        })
      }
      return null
    },
  })
  const app = { database, workflows: { many, watched }, workflowEngine: dbos(), logger }
  // It creates the tables, which the workflows need.
  const gateway = await createGateway(app)
  await gateway.close()
  await createWorker({ ...app, maxWorkflows: 2_000 })
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  return async (workflows, steps) => {
    await client.query(
      `with started as (
         insert into headway.run (id, kind, name, engine, status, args)
         select gen_random_uuid(), 'workflow', 'many', 'dbos', 'created', $2 from generate_series(1, $1)
       )
       select pg_notify('headway_work', '')`,
      [workflows, JSON.stringify({ steps })],
    )
    const left = `select from headway.run where name = 'many' and finished_at is null limit 1`
    while ((await client.query(left)).rowCount !== 0) await wait(10)
  }
}

async function bare(): Promise<Execute> {
  const many = DBOS.registerWorkflow(
    async (steps: number) => {
      for (let step = 0; step < steps; step += 1) {
        await DBOS.runStep(async () => step, { name: `step-${step}` })
      }
    },
    { name: 'many' },
  )
  const quiet = {
    info: () => undefined,
    debug: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  }
  DBOS.setConfig({
    name: 'bare',
    systemDatabaseUrl: database,
    systemDatabaseSchemaName: 'bare',
    logger: quiet,
  })
  await DBOS.launch()
  return async (workflows, steps) => {
    const starting = Array.from({ length: workflows }, () => DBOS.startWorkflow(many)(steps))
    const handles = await Promise.all(starting)
    await Promise.all(handles.map((handle) => handle.getResult()))
  }
}

const execute = await (name === 'headway' ? headway() : bare())
process.on('message', async (order: WorkflowsOrder) => {
  if (order.type === 'times')
    return process.send?.({ type: 'times', endedAt } satisfies WorkflowsDone)
  const startedAt = now()
  await execute(order.workflows, order.steps)
  process.send?.({ type: 'executed', ms: now() - startedAt } satisfies WorkflowsDone)
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
