import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import { createPools, type Pools } from '../../src/postgres/pools.ts'
import { migrate } from '../../src/runs/migrate.ts'
import { createProgressWriter } from '../../src/runs/progress-writer.ts'
import { createRecorder, type Recorder } from '../../src/runs/recorder.ts'
import { createRunStore } from '../../src/runs/run-store.ts'
import { createDatabase } from './database.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export let database: string
export let pools: Pools
export let recorder: Recorder

beforeAll(async () => {
  database = await createDatabase()
  pools = createPools(database, quiet)
  // As several processes that start at once do.
  await Promise.all(
    [1, 2, 3].map(() => migrate(pools.durable, { database, migrate: true, logger: quiet })),
  )
  recorder = createRecorder(pools.durable, createProgressWriter(pools.progress, quiet))
})
afterAll(() => pools?.close())

export const place = { engine: 'none', queue: 'test' }
export const options = {
  attempts: 3,
  backoff: { type: 'fixed', delayMs: 5 },
  priority: 7,
  delayMs: 0,
} as const

export const started = async (): Promise<string> => {
  const id = randomUUID()
  const run = { name: 'test', owner: null, idempotencyKey: null, args: null }
  await recorder.start({ id, ...run, ...place, options })
  return id
}
export const read = async (id: string) => (await createRunStore(pools.durable).read([id]))[0]
