import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'bullmq'
import { now, queueName, reports, type Worked, type WorkOrder } from './order.ts'

/*
 * A worker in its own process: it knows BullMQ alone. It says `ready`, and then completes as many
 * jobs as it is asked to.
 */

const [url = ''] = process.argv.slice(2)
process.on('disconnect', () => process.exit())
process.on('message', ({ jobs, paceMs, concurrency }: WorkOrder) => {
  let left = jobs
  let startedAt = 0
  const worker = new Worker(
    queueName,
    async (job) => {
      startedAt ||= now()
      for (let report = 1; report <= reports; report += 1) {
        if (paceMs > 0) await wait(paceMs)
        await job.updateProgress({ percent: (report / reports) * 100, message: String(now()) })
      }
    },
    { connection: { url, maxRetriesPerRequest: null }, concurrency },
  )
  worker.on('completed', () => {
    left -= 1
    if (left === 0) process.send?.({ ms: now() - startedAt } satisfies Worked)
  })
})
process.send?.('ready')
