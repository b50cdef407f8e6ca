import { createClient, defineJob } from '@headway/core'
import { toState } from '../state.ts'
import { createWire } from './wire.ts'

/**
 * The heap per tracked job, attached with one listener and one update; and per parsed state that is
 * kept with a listener. Needs `--expose-gc`.
 */
const jobs = 20_000
const wire = createWire(jobs)
const client = createClient({ url: 'http://bench', fetch: wire.fetch, everyUpdate: true })
const definition = defineJob<null, null>('export_users')
/** Lets timers and sockets run, so that the heap is measured when all is quiet. */
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const used = (): number => {
  for (let round = 0; round < 4; round += 1) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
const listener = (): void => undefined
// The connection and the code load before the first measurement.
const first = client.attach(definition, 'first')
first.subscribe(listener)
await rest(200)

const before = used()
const handles = wire.jobIds.map((jobId) => {
  const handle = client.attach(definition, jobId)
  handle.subscribe(listener)
  return handle
})
const isSynced = (): boolean =>
  handles.every((handle) => handle.getSnapshot().sync.status === 'live')
while (!isSynced()) await rest(5)
wire.prepare(jobs)
wire.flow()
while (!handles.every((handle) => handle.getSnapshot().revision === 1)) {
  await rest(5)
}
await rest(200)
const ours = (used() - before) / handles.length

const beforeBare = used()
const bare = new Map(
  wire.jobIds.map((jobId) => {
    const state: unknown = JSON.parse(JSON.stringify(toState(jobId, 1)))
    return [`job:${jobId}`, { state, listeners: new Set([listener]) }]
  }),
)
process.stdout.write(JSON.stringify({ ours, bare: (used() - beforeBare) / bare.size }))
process.exit()
