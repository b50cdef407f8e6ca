import { createWorker, job } from '@headway/gateway'
import { bullmq } from '@headway/gateway/bullmq'
import { pino } from 'pino'

/*
 * A worker on a real database, in its own process. It sends `ready`, and waits for jobs.
 */

const [database = ''] = process.argv.slice(2)

process.on('disconnect', () => process.exit())
await createWorker({
  database,
  engine: bullmq(),
  jobs: { export_users: job({ run: () => null }) },
  logger: pino({ level: 'warn' }),
})
process.send?.('ready')
