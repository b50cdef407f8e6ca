import pg from 'pg'
import { afterAll, beforeAll, expect } from 'vitest'
import { bullmq } from '../../src/bullmq.ts'
import { createGateway, createWorker, type Gateway, type Worker } from '../../src/index.ts'
import { notifiedChannel } from '../../src/runs/notified.ts'
import { createDatabase } from './database.ts'
import { jobs } from './jobs.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export let database: string
let gateway: Gateway
let worker: Worker
export let url: string
export let pool: pg.Pool

beforeAll(async () => {
  database = await createDatabase()
  const app = { database, engine: bullmq(), jobs, logger: quiet }
  gateway = await createGateway(app)
  worker = await createWorker({ ...app, concurrency: 4 })
  url = (await gateway.listen(0)).url
  pool = new pg.Pool({ connectionString: database, max: 4 })
})
afterAll(async () => {
  await worker?.close()
  await gateway?.close()
  await pool?.end()
})

export const notify = (
  payload: object | string,
  channel: string = notifiedChannel,
): Promise<unknown> =>
  pool.query('select pg_notify($1, $2)', [
    channel,
    typeof payload === 'string' ? payload : JSON.stringify(payload),
  ])
export const begin = async (): Promise<string> =>
  (await pool.query(`select headway.start_job('import') as id`)).rows[0].id
export const rowOf = async (id: string) =>
  (await pool.query('select * from headway.run where id = $1', [id])).rows[0]
/** Until what was sent to the gateway before has been merged. */
export const settled = async (): Promise<void> => {
  const id = await begin()
  await notify({ job_id: id, progress: 1 })
  await expect.poll(async () => (await rowOf(id)).progress).toBe(1)
}
