import { start } from '@headway/conformance/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, createWorker, type Gateway, job, type Worker } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const ran: string[] = []
const record = (name: string) => ({ run: () => void ran.push(name) })
const jobs = {
  late: job({ priority: 3, ...record('late') }),
  soon: job({ priority: 1, ...record('soon') }),
  first: job(record('first')),
  waiting: job({ delayMs: 3_600_000, ...record('waiting') }),
  trying: job({
    attempts: 3,
    backoff: { type: 'fixed', delayMs: 1 },
    run: ({ attempt }) => {
      ran.push(`trying ${attempt}`)
      throw new Error('no')
    },
  }),
}

let database: string
let gateway: Gateway
let worker: Worker | undefined
let url: string

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway({ database, engine: bullmq(), jobs, logger: quiet })
  url = (await gateway.listen(0)).url
})
afterAll(async () => {
  await worker?.close()
  await gateway?.close()
})

it('jobs are taken by their priority, after their delay, and tried again after their backoff', async () => {
  for (const name of ['waiting', 'late', 'soon', 'first'] as const) await start(url, name)
  worker = await createWorker({ database, engine: bullmq(), jobs, logger: quiet, concurrency: 1 })
  await expect.poll(() => ran).toEqual(['first', 'soon', 'late'])
  // Its delay is over now.
  await query(
    database,
    `with due as (
       update bullmq.job set process_at_ms = 0 where name = 'waiting' and state = 'delayed'
       returning queue
     ) select pg_notify('bullmq_jobs', queue) from due`,
  )
  await expect.poll(() => ran).toEqual(['first', 'soon', 'late', 'waiting'])
  const id = await start(url, 'trying')
  const statement = 'select status, attempt from headway.run where id = $1'
  await expect
    .poll(() => query(database, statement, [id]))
    .toEqual([{ status: 'dead_letter', attempt: 3 }])
  expect(ran.slice(4)).toEqual(['trying 1', 'trying 2', 'trying 3'])
})

it('what is as late, as unimportant and as persistent as can be is taken by its queue', async () => {
  const most = { priority: 2_097_151, delayMs: 315_360_000_000, attempts: 2_147_483_647 }
  const jobs = { patient: job({ ...most, run: () => null }) }
  const own = await createGateway({ database, engine: bullmq(), jobs, logger: quiet })
  const id = await start((await own.listen(0)).url, 'patient')
  const statement = 'select handed_over_at is not null as "isKnown" from headway.run where id = $1'
  expect(await query(database, statement, [id])).toEqual([{ isKnown: true }])
  await own.close()
})

it.each([
  ['priority is -1', { priority: -1 }],
  ['delayMs is 0.5', { delayMs: 0.5 }],
  ['priority is 3000000: give a whole number from 0 to 2097151', { priority: 3_000_000 }],
  ['delayMs is 1e+300', { delayMs: 1e300 }],
  ['attempts is 3000000000', { attempts: 3_000_000_000 }],
  ['backoff.delayMs is 1e+300', { backoff: { type: 'fixed' as const, delayMs: 1e300 } }],
  ['backoff.delayMs is -1', { backoff: { type: 'fixed' as const, delayMs: -1 } }],
  ['backoff.type is "none"', { backoff: { type: 'none' as 'fixed', delayMs: 1 } }],
])('says what cannot be: %s', (message, options) => {
  expect(() => job({ run: () => null, ...options })).toThrow(message)
})
