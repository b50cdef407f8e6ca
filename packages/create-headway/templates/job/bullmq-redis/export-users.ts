import { setTimeout } from 'node:timers/promises'
import { queueJob } from '@headway/gateway'
import { withCancel } from '@headway/gateway/with-cancel'
import { type Job, Worker } from 'bullmq'

interface Args {
  format: 'csv' | 'json'
}

interface Output {
  file: string
}

/** The queue of BullMQ. If you have one already, give its name, and remove the worker below. */
export const queue = 'exports'

/** What a page starts: it is added to the queue. */
export const export_users = queueJob<Args, Args, Output>({ queue, public: true })

/**
 * A worker of BullMQ, which may as well run in another process. Its job takes about ten seconds.
 * `close()` waits for the job that runs.
 */
export function createExportWorker(connection: { url: string }): { close(): Promise<void> } {
  const worker = new Worker<Args, Output>(
    queue,
    // Lets a page cancel a job that runs.
    withCancel(async (job: Job<Args>, _token, signal) => {
      for (let row = 0; row < 100; row++) {
        await job.updateProgress({ percent: row, message: `row ${row} of 100` })
        await setTimeout(100, null, { signal }) // in place of the real work
      }
      return { file: `${job.id}.${job.data.format}` }
    }),
    { connection: { ...connection, maxRetriesPerRequest: null } },
  )
  worker.on('error', (error) => console.error(error))
  return { close: () => worker.close() }
}
