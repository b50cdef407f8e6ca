import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach } from 'vitest'
import { createPools, type Pools } from '../../src/postgres/pools.ts'
import { migrate } from '../../src/runs/migrate.ts'
import { createProgressWriter } from '../../src/runs/progress-writer.ts'
import { createRecorder, type Recorder } from '../../src/runs/recorder.ts'
import { createTeardown, type Teardown } from '../../src/teardown.ts'
import { createDatabase, query } from './database.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export const options = {
  attempts: 1,
  backoff: { type: 'fixed', delayMs: 1 },
  priority: 0,
  delayMs: 0,
} as const

export let database: string
export let pools: Pools
export let recorder: Recorder
export let teardown: Teardown
beforeEach(async () => {
  teardown = createTeardown()
  database = await createDatabase()
  pools = createPools(database, quiet)
  teardown.defer(pools.close)
  await migrate(pools.durable, { database, migrate: true, logger: quiet })
  recorder = createRecorder(pools.durable, createProgressWriter(pools.progress, quiet))
})
afterEach(() => teardown.run())

export const place = { engine: 'bullmq', queue: 'test' }
export const insert = async (id: string = randomUUID(), where = place): Promise<string> => {
  const run = { id, name: 'test', owner: null, idempotencyKey: null, args: null, ...where, options }
  await recorder.start(run)
  return id
}
export const read = async (id: string) => {
  const text =
    'select status, attempt, error, handed_over_at is null as "isLeftOver" from headway.run where id = $1'
  return (await query(database, text, [id]))[0]
}
