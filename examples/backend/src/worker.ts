import { createWorker } from '@headway/gateway'
import { createApp } from './app.ts'

/*
 * Runs the jobs and workflows, as a process of its own. It says `ready` to the demo that started it, ends when it
 * is told to, and never outlives it. Ctrl-C reaches every process of a terminal: it is the demo that
 * decides what follows.
 */
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit())

const worker = await createWorker({
  ...createApp(process.env.DATABASE_URL ?? ''),
  concurrency: 4,
  // A workflow whose worker was killed is taken by another within seconds, as a demo should show it.
  leaseMs: 5_000,
})
process.on('message', () => {
  // What runs is not waited for: it is taken again after the next start.
  worker
    .close({ force: true })
    .catch(() => undefined)
    .finally(() => process.exit())
})
process.send?.('ready')
