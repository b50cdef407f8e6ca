import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, createWorker, job } from '../src/index.ts'
import { createTeardown } from '../src/teardown.ts'
import { ask, member } from './support/attack.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import { createRefusingProxy, type Refusal, type RefusingProxy } from './support/refusing-proxy.ts'

const ran = new Map<unknown, number>()
const jobs = {
  once: job({
    attempts: 1,
    run: (_, args: unknown) => {
      ran.set(args, (ran.get(args) ?? 0) + 1)
      return ran.get(args)
    },
  }),
}
const teardown = createTeardown()
let database: string
let proxy: RefusingProxy
let url: string

beforeAll(async () => {
  database = await createDatabase()
  proxy = await createRefusingProxy(database)
  teardown.defer(proxy.close)
  const app = { engine: bullmq(), jobs, logger: quiet }
  const gateway = await createGateway({ ...app, database: proxy.url })
  teardown.defer(gateway.close)
  url = (await gateway.listen(0)).url
  const worker = await createWorker({ ...app, database })
  teardown.defer(() => worker.close({ force: true }))
})
afterAll(teardown.run)

const insert = /-- Records a start, unless/
const enqueue = /SELECT add_job/
const note = /-- The queue has a run/

const refuse = (kind: RegExp, state: string, times = 1): Refusal =>
  proxy.refuse({ matches: (statement) => kind.test(statement), state, times })
const runsOf = (args: string) =>
  query(
    database,
    `select id, status, attempt, output, error from headway.run where args #>> '{}' = $1`,
    [args],
  )
const send = (args: string, key: string | null = args) =>
  ask(url, 'POST', '/rpc/once', key ? { 'x-idempotency-key': key } : {}, { args })

describe.each([
  ['the answer about the row', insert, 'cut'],
  ['the answer of the queue', enqueue, 'cut'],
  ['the answer about the hand-over', note, 'cut'],
  ['the queue for a moment', enqueue, '55P03'],
  ['the hand-over for a moment', note, '40001'],
] as const)('a start that loses %s', (_, kind, state) => {
  it.each(['with a key', 'without a key'])('is one run that is done once, %s', async (how) => {
    const args = randomUUID()
    const refusal = refuse(kind, state)
    const answer = await send(args, how === 'with a key' ? args : null)
    expect(refusal.times).toBe(0)
    expect(answer).toMatchObject({ status: 200 })
    const id = member(answer, 'job_id')
    if (how === 'with a key') expect(member(await send(args), 'job_id')).toBe(id)
    const done = { id, status: 'completed', attempt: 1, output: 1, error: null }
    await expect.poll(() => runsOf(args)).toEqual([done])
    expect(ran.get(args)).toBe(1)
  })
})

it('a start that is repeated while the queue refuses stays accepted', async () => {
  const args = randomUUID()
  const refusal = refuse(enqueue, '53300', 2)
  const [first, second] = [await send(args), await send(args)]
  expect(refusal.times).toBe(0)
  expect(first).toMatchObject({ status: 200 })
  expect(second.data).toEqual(first.data)
  await expect.poll(() => runsOf(args)).toMatchObject([{ status: 'completed' }])
  expect(ran.get(args)).toBe(1)
})

it('when nobody can tell whether a run was started, the client is told so and repeats it', async () => {
  const args = randomUUID()
  refuse(insert, 'cut', 2)
  expect(await send(args)).toMatchObject({ status: 503, code: 'OUTCOME_UNKNOWN' })
  // It was: the row is there, and any process hands it over.
  await expect.poll(() => runsOf(args)).toMatchObject([{ status: 'completed' }])
  expect(member(await send(args), 'job_id')).toBe((await runsOf(args))[0]?.id)
  expect(ran.get(args)).toBe(1)
})

it('a start that the database has refused was not made', async () => {
  const args = randomUUID()
  refuse(insert, '53300')
  expect(await send(args)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' })
  expect(await runsOf(args)).toEqual([])
})
