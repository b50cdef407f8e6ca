import { Worker } from 'bullmq'
import { withCancel } from '../../src/with-cancel.ts'

/* A worker in a process of its own. It says when a job has begun, and runs it until a cancel. */

const { REDIS: url = '', PREFIX: prefix = '' } = process.env
const worker = new Worker(
  'transcode',
  withCancel(
    async (job, _token, signal) => {
      process.send?.(job.id)
      await new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    },
    { everyMs: 50 },
  ),
  {
    connection: { url, maxRetriesPerRequest: null },
    prefix,
    lockDuration: 1_000,
    stalledInterval: 200,
  },
)
worker.on('error', () => undefined)
process.on('disconnect', () => process.exit())
