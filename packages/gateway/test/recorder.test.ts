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
  await Promise.all([1, 2, 3].map(() => migrate(pools.durable)))
  recorder = createRecorder(pools.durable, createProgressWriter(pools.progress, quiet))
})
afterAll(() => pools?.close())

const started = async (): Promise<string> => {
  const id = randomUUID()
  await recorder.start({ id, name: 'test', engine: 'none' })
  return id
}
const read = async (id: string) => (await createRunStore(pools.durable).read([id]))[0]

it('a write that is made twice, since its answer was lost, is as if made once', async () => {
  const id = await started()
  expect(await recorder.claim(id)).toEqual({ status: 'claimed', attempt: 1 })
  expect([await recorder.begin(id, 1), await recorder.begin(id, 1)]).toEqual([true, true])
  expect(await recorder.finish(id, 1, { status: 'retry', error: 'no' })).toBe('retry')
  expect(await recorder.finish(id, 1, { status: 'retry', error: 'no' })).toBe('retry')
  await recorder.claim(id)
  expect(await recorder.finish(id, 2, { status: 'completed', output: '1' })).toBe('completed')
  expect(await recorder.finish(id, 2, { status: 'completed', output: '1' })).toBeNull()
  expect(await read(id)).toMatchObject({ status: 'completed', output: 1, attempt: 2 })
})

it('an attempt that was superseded has no say any more', async () => {
  const id = await started()
  await recorder.claim(id)
  await recorder.begin(id, 1)
  await recorder.claim(id)
  expect(await recorder.begin(id, 1)).toBe(false)
  expect(await recorder.finish(id, 1, { status: 'completed', output: '1' })).toBeNull()
  expect(await read(id)).toMatchObject({ status: 'claimed', attempt: 2, output: null })
})

it('a new attempt begins at 0, without the message and the error of the one before', async () => {
  const id = await started()
  expect(await read(id)).toMatchObject({ progress: 0, message: null })
  await recorder.claim(id)
  await recorder.begin(id, 1)
  const last = { attempt: 1, percent: 40, message: 'row 4' }
  await recorder.finish(id, 1, { status: 'retry', error: 'no' }, last)
  expect(await read(id)).toMatchObject({ status: 'retry', progress: 40, error: 'no' })
  await recorder.claim(id)
  await recorder.begin(id, 2)
  expect(await read(id)).toMatchObject({ progress: 0, message: null, error: null })
})

it.each([
  ['pending', []],
  ['cancel_requested, taken again', ['claim', 'cancel', 'claim']],
])('given up by its engine while %s, a run ends', async (_, steps) => {
  const id = await started()
  for (const step of steps) {
    if (step === 'claim') await recorder.claim(id)
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
  await recorder.claim(id)
  const aborted = once(second.signal, 'abort')
  await recorder.cancel(id, 'enough')
  await aborted
  expect(second.signal.reason).toMatchObject({ name: 'CancelRequested', message: 'enough' })
  cancellations.forget(id, second)
  cancellations.close()
})
