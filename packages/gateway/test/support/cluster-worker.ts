import { createWorker } from '../../src/index.ts'
import { createClusterApp } from './cluster-app.ts'

/** A worker of a cluster as a process of its own: it says `ready`, and ends with its parent. */
const { DATABASE = '', PACE_MS } = process.env
await createWorker({
  ...createClusterApp(DATABASE, Number(PACE_MS)),
  // All the jobs of all clients: none waits for another one.
  concurrency: 200,
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
