import './shifted-clock.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { dbos } from '../../src/dbos.ts'
import { createWorker, workflow } from '../../src/index.ts'
import { query } from './database.ts'
import { quiet } from './quiet.ts'
import { createWorkflows } from './workflows.ts'

/** A worker of workflows as a process of its own: it says `ready`, closes when it is told to, and ends with its parent. */
const database = process.env.DATABASE ?? ''
const leaseMs = Number(process.env.LEASE_MS ?? 1_000)
const current = createWorkflows(database)
/** The same under a new version: a step before those of old, one in place of another. */
const verify = workflow({
  steps: ['check', 'mail', 'clicked', 'welcome'],
  run: async (ctx) => {
    await ctx.step('check', () => note(ctx.id, 'check'))
    await ctx.step('mail', () => note(ctx.id, 'mail'))
    const click = await ctx.waitFor('clicked')
    await ctx.step('welcome', () => note(ctx.id, 'welcome'))
    return click
  },
})
const note = (run: string, name: string): Promise<unknown> =>
  query(database, 'insert into effect (run, name) values ($1, $2)', [run, name])
const workflows = {
  ...current,
  ...(process.env.VERSION === '2' && { verify }),
  /** Keeps its whole process busy. */
  computing: workflow({
    steps: ['compute'],
    run: (ctx) =>
      ctx.step('compute', async () => {
        await note(ctx.id, 'compute')
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4_000)
      }),
  }),
  /** Takes its worker with it, once its news are in the database. */
  deadly: workflow({
    steps: ['live', 'die'],
    run: async (ctx) => {
      await ctx.step('live', () => undefined)
      await ctx.step('die', async () => {
        const message = `about to end ${process.pid}`
        ctx.progress(50, message)
        const isShown = async (): Promise<boolean> => {
          const found = 'select from headway.run where id = $1 and message = $2'
          return (await query(database, found, [ctx.id, message])).length > 0
        }
        while (!(await isShown())) await wait(10)
        process.exit(1)
      })
    },
  }),
}
const worker = await createWorker({
  database,
  workflows,
  workflowEngine: dbos(),
  leaseMs,
  logger: quiet,
  maskErrors: false,
})
const abandon = (): never => process.exit()
process.on('disconnect', abandon)
process.once('message', async () => {
  await worker.close()
  process.off('disconnect', abandon)
  process.disconnect()
})
process.send?.('ready')
