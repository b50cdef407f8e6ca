import { bullmqQueues } from '../../src/bullmq.ts'
import { createGateway } from '../../src/index.ts'
import { quiet } from './quiet.ts'

/* A gateway that observes, as a process of its own: it says `ready`, and ends with its parent. */
await createGateway({
  database: process.env.DATABASE ?? '',
  logger: quiet,
  maskErrors: false,
  observe: bullmqQueues({
    connection: { url: process.env.TEST_REDIS ?? '' },
    queues: ['theirs'],
    owner: (job) => job.data.userId,
  }),
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
