import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPools, type Pools } from '../src/postgres/pools.ts'
import { createCancellations } from '../src/runs/cancellations.ts'
import { migrate } from '../src/runs/migrate.ts'
import { createProgressWriter } from '../src/runs/progress-writer.ts'
import { createRecorder, type Recorder } from '../src/runs/recorder.ts'
import { createRunStore } from '../src/runs/run-store.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

let database: string
let pools: Pools
let recorder: Recorder

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

const started = async (): Promise<string> => {
  const id = randomUUID()
  const run = { name: 'test', engine: 'none', owner: null, idempotencyKey: null, args: null }
  await recorder.start({ id, ...run })
  return id
}
const read = async (id: string) => (await createRunStore(pools.durable).read([id]))[0]

it('a write that is made twice, since its answer was lost, is as if made once', async () => {
  const id = await started()
  expect(await recorder.claim(id, id)).toEqual({ status: 'claimed', attempt: 1 })
  expect([await recorder.begin(id, 1), await recorder.begin(id, 1)]).toEqual([true, true])
  expect(await recorder.finish(id, 1, { status: 'retry', error: 'no' })).toBe('retry')
  expect(await recorder.finish(id, 1, { status: 'retry', error: 'no' })).toBe('retry')
  await recorder.claim(id, id)
  expect(await recorder.finish(id, 2, { status: 'completed', output: '1' })).toBe('completed')
  expect(await recorder.finish(id, 2, { status: 'completed', output: '1' })).toBeNull()
  expect(await read(id)).toMatchObject({ status: 'completed', output: 1, attempt: 2 })
})

it('an attempt that was superseded has no say any more', async () => {
  const id = await started()
  await recorder.claim(id, id)
  await recorder.begin(id, 1)
  await recorder.claim(id, id)
  expect(await recorder.begin(id, 1)).toBe(false)
  expect(await recorder.finish(id, 1, { status: 'completed', output: '1' })).toBeNull()
  expect(await read(id)).toMatchObject({ status: 'claimed', attempt: 2, output: null })
})

it('a new attempt begins at 0, without the message and the error of the one before', async () => {
  const id = await started()
  expect(await read(id)).toMatchObject({ progress: 0, message: null })
  await recorder.claim(id, id)
  await recorder.begin(id, 1)
  const last = { attempt: 1, percent: 40, message: 'row 4' }
  await recorder.finish(id, 1, { status: 'retry', error: 'no' }, last)
  expect(await read(id)).toMatchObject({ status: 'retry', progress: 40, error: 'no' })
  await recorder.claim(id, id)
  await recorder.begin(id, 2)
  expect(await read(id)).toMatchObject({ progress: 0, message: null, error: null })
})

it.each([
  ['pending', []],
  ['cancel_requested, taken again', ['claim', 'cancel', 'claim']],
])('given up by its engine while %s, a run ends', async (_, steps) => {
  const id = await started()
  for (const step of steps) {
    if (step === 'claim') await recorder.claim(id, id)
    else await recorder.cancel(id, 'enough')
  }
  await recorder.abandon(id, 'lost its worker too often')
  expect(await read(id)).toMatchObject(
    steps.length === 0
      ? { status: 'failed', error: 'lost its worker too often' }
      : { status: 'cancelled', error: 'enough' },
  )
})

it('the end of a superseded attempt does not keep its successor from being cancelled', async () => {
  const cancellations = await createCancellations(database, recorder, quiet)
  const id = await started()
  const [first, second] = [cancellations.expect(id), cancellations.expect(id)]
  cancellations.forget(id, first)
  await recorder.claim(id, id)
  const aborted = once(second.signal, 'abort')
  await recorder.cancel(id, 'enough')
  await aborted
  expect(second.signal.reason).toMatchObject({ name: 'CancelRequested', message: 'enough' })
  cancellations.forget(id, second)
  cancellations.close()
})

it('a start that is sent again is one run; whether its engine has heard of it is asked again', async () => {
  const id = randomUUID()
  const run = { id, name: 'test', engine: 'none', owner: null, idempotencyKey: 'k', args: { a: 1 } }
  expect([await recorder.start(run), await recorder.start(run)]).toEqual([true, true])
  await recorder.claim(id, id)
  expect(await recorder.start(run)).toBe(false)
})

it('what failed waits again, under its id: a task of before has no say any more', async () => {
  const id = await started()
  await recorder.claim(id, id)
  await recorder.begin(id, 1)
  expect(await recorder.retry(id, 'second', 'none')).toBeNull()
  await recorder.finish(id, 1, { status: 'failed', error: 'no' })
  expect(await recorder.retry(id, 'second', 'none')).toMatchObject({ name: 'test', args: null })
  expect(await recorder.retry(id, 'third', 'none')).toBeNull()
  expect(await read(id)).toMatchObject({ status: 'pending', error: null, progress: 0, attempt: 1 })
  expect(await recorder.claim(id, id)).toBeNull()
  expect(await recorder.claim(id, 'second')).toEqual({ status: 'claimed', attempt: 2 })
})

it('a retry that its engine does not take has failed; a start that it does not take never was', async () => {
  const [retried, never] = [await started(), await started()]
  await recorder.claim(retried, retried)
  await recorder.finish(retried, 1, { status: 'failed', error: 'no' })
  await recorder.retry(retried, 'second', 'none')
  await recorder.discard(retried, 'second', 'no queue')
  await recorder.discard(never, never, 'no queue')
  expect(await read(retried)).toMatchObject({ status: 'failed', error: 'no queue' })
  expect(await read(never)).toBeUndefined()
})

it('a revision that a crash of the database took back is not given again', async () => {
  const id = await started()
  await recorder.claim(id, id)
  const seen = (await read(id))?.revision ?? 0
  // What a crash does: the last commits, of progress, were told to everybody and are gone.
  await pools.durable.query(`
    begin;
    set local session_replication_role = replica;
    update headway.run set revision = revision - 1 where id = '${id}';
    commit`)
  expect((await read(id))?.revision).toBe(seen - 1)
  await recorder.finish(id, 1, { status: 'completed', output: 'null' })
  expect((await read(id))?.revision).toBeGreaterThan(seen)
})
