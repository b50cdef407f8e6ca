import { spawnSync } from 'node:child_process'
import { openStream, type Stream } from '@headway/conformance/wire'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { bullmq } from '../../src/bullmq.ts'
import { createGateway, type Gateway } from '../../src/index.ts'
import { createDatabase, query } from './database.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

let gateway: Gateway
export let database: string
export let url: string
export let stream: Stream

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway({ database, engine: bullmq(), jobs: {}, logger: quiet })
  url = (await gateway.listen(0)).url
})
afterAll(() => gateway?.close())
beforeEach(async () => {
  stream = await openStream(url)
})
afterEach(() => stream.close())

/** Calls a function of the schema, as psql would: what it answers. */
export const call = async (text: string, values: unknown[] = []): Promise<unknown> => {
  const [row] = await query<{ answer: unknown }>(
    database,
    `select headway.${text} as answer`,
    values,
  )
  return row?.answer
}
export const begin = async (): Promise<string> => String(await call(`start_job('import_users')`))

/** The Python that has psycopg2: Debian's, where another one comes first. */
export const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import psycopg2']).status === 0,
)
const whyNot = 'python3 with psycopg2 is not installed (Debian: python3-psycopg2)'
if (!python) console.info(`The Python worker is not tested: ${whyNot}`)
