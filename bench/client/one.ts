import { lists, peers } from './peers.ts'
import { createWire } from './wire.ts'

/**
 * Runs one peer in its own process. Prints its updates per second and its callbacks. `list`: the
 * peer with one list of all jobs.
 */
const [name = '', jobs = '1', updates = '200000', form = 'jobs'] = process.argv.slice(2)
const peer = (form === 'list' ? lists : peers)[name]
if (!peer) throw new Error(`There is no peer "${name}": ${Object.keys(peers).join(', ')}`)
const wire = createWire(Number(jobs))
const running = peer(wire)
await running.ready

const run = async (count: number): Promise<number> => {
  wire.prepare(count)
  // Preparing the bytes, and its garbage, are not the client's work.
  globalThis.gc?.()
  const startedAt = performance.now()
  wire.flow()
  // A check each millisecond costs every peer the same.
  while (!running.isDone()) await new Promise((resolve) => setTimeout(resolve, 1))
  return performance.now() - startedAt
}
await run(Math.max(20_000, Number(jobs)))
const before = running.callbacks()
const ms = await run(Number(updates))
const callbacks = running.callbacks() - before
process.stdout.write(JSON.stringify({ perSecond: (Number(updates) / ms) * 1_000, callbacks }))
process.exit()
