import { bullmq } from '../../src/bullmq.ts'
import { dbos } from '../../src/dbos.ts'
import { createGateway, createWorker, job, workflow } from '../../src/index.ts'
import { quiet } from './quiet.ts'

/**
 * A gateway and a worker with all that has tables, as a process of its own: it says `ready`, or why
 * it is not.
 */
const app = {
  database: process.env.DATABASE ?? '',
  engine: bullmq(),
  jobs: { greet: job({ run: () => 'hello' }) },
  workflowEngine: dbos(),
  workflows: {
    verify: workflow({ steps: ['check'], run: (ctx) => ctx.step('check', () => 'checked') }),
  },
  logger: quiet,
}
const abandon = (): never => process.exit()
process.on('disconnect', abandon)
try {
  const parts = await Promise.all([createGateway(app), createWorker(app)])
  process.on('message', async () => {
    for (const part of parts.reverse()) await part.close()
    process.off('disconnect', abandon)
    process.disconnect()
  })
  process.send?.('ready')
} catch (error) {
  process.send?.(String(error))
}
