import * as six from 'bullmq'
import * as five from 'bullmq-5'

/* A worker of another program, as a process of its own: it says `ready`, and ends with its parent. */
const { UnrecoverableError, Worker } =
  process.env.BULLMQ === '5' ? (five as unknown as typeof six) : six
const worker = new Worker(
  'theirs',
  async (job) => {
    await job.updateProgress(50)
    if (job.name === 'final') throw new UnrecoverableError('final')
    if (job.name === 'dead') throw new Error('dead')
    if (job.name === 'once' && job.attemptsMade === 0) throw new Error('once')
    await job.updateProgress({ done: job.data.number, total: job.data.number })
    return job.data.number
  },
  {
    connection: { url: process.env.TEST_REDIS ?? '', maxRetriesPerRequest: null },
    concurrency: 20,
    lockDuration: 2_000,
    stalledInterval: 500,
    // One that is lost with its worker is not to fail for that.
    maxStalledCount: 1_000_000,
    drainDelay: 1,
  },
)
worker.on('error', () => undefined)
process.on('disconnect', () => process.exit())
await worker.waitUntilReady()
process.send?.('ready')
