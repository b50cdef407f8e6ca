import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { start } from '@headway/conformance/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import type { EmbeddedPostgres } from '../src/embedded.ts'
import { createGateway, job } from '../src/index.ts'
import { createTeardown } from '../src/teardown.ts'
import { query } from './support/database.ts'
import { makeFolder } from './support/folder.ts'
import { kill, startProcess } from './support/process.ts'
import { quiet } from './support/quiet.ts'
import { startPostgres } from './support/start-postgres.ts'

const teardown = createTeardown()
let directory: string
let postgres: EmbeddedPostgres
let url: string

beforeAll(async () => {
  const folder = await makeFolder()
  teardown.defer(() => rm(folder, { recursive: true, force: true }))
  directory = join(folder, 'pg')
  postgres = await startPostgres({ directory })
  teardown.defer(() => postgres.stop())
  await query(
    postgres.url,
    'create table effect (at bigint generated always as identity, run uuid, pid integer, what text)',
  )
  const jobs = { compute: job({ run: () => null }) }
  const app = { database: postgres.url, engine: bullmq(), jobs, logger: quiet }
  const gateway = await createGateway(app)
  teardown.defer(gateway.close)
  url = (await gateway.listen(0)).url
  for (const _ of [1, 2]) {
    const { child } = await startProcess('./computing-worker.ts', { DATABASE: postgres.url })
    teardown.defer(() => kill(child))
  }
})
afterAll(teardown.run)

it('a running job stays with its worker while PostgreSQL is away for several lock times', async () => {
  const run = await start(url, 'compute', { ms: 1, restMs: 20_000 })
  const effects = () => query(postgres.url, 'select what from effect where run = $1', [run])
  await expect.poll(effects).toEqual([{ what: 'begun 1' }])
  const { port } = new URL(postgres.url)
  await postgres.stop()
  postgres = await startPostgres({ directory, port: Number(port) })
  const row = () =>
    query(postgres.url, 'select status, attempt from headway.run where id = $1', [run])
  await expect.poll(row).toEqual([{ status: 'completed', attempt: 1 }])
  expect(await effects()).toEqual([{ what: 'begun 1' }])
})
