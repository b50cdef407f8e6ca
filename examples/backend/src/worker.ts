import { createWorker } from '@headway/gateway'
import { createApp } from './app.ts'

/*
 * The worker's process: it runs the jobs and workflows. It sends `ready` to the demo, ends when the
 * demo tells it to, and never outlives the demo. It ignores Ctrl-C, which a terminal sends to all
 * its processes: the demo decides when the worker stops.
 */
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit())

const worker = await createWorker({
  ...createApp(process.env.DATABASE_URL ?? ''),
  concurrency: 4,
  // A short lease: when a worker dies, another continues its workflows within seconds.
  leaseMs: 5_000,
})
process.on('message', () => {
  // It does not wait for running work: that continues after the next start.
  worker
    .close({ force: true })
    .catch(() => undefined)
    .finally(() => process.exit())
})
process.send?.('ready')
