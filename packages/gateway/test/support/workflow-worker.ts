import './shifted-clock.ts'
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
  /** Takes its worker with it. */
  deadly: workflow({ steps: ['die'], run: (ctx) => ctx.step('die', () => process.exit(1)) }),
}
const worker = await createWorker({
  database,
  workflows,
  workflowEngine: dbos(),
  leaseMs,
  logger: quiet,
})
const abandon = (): never => process.exit()
process.on('disconnect', abandon)
process.once('message', async () => {
  await worker.close()
  process.off('disconnect', abandon)
  process.disconnect()
})
process.send?.('ready')
