import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { createCancellations } from '../src/runs/cancellations.ts'
import { quiet } from './support/quiet.ts'
import { database, options, place, pools, read, recorder, started } from './support/recorder.ts'

it('a write that is made twice, since its answer was lost, is as if made once', async () => {
  const id = await started()
  expect(await recorder.claim(id, id)).toMatchObject({ status: 'claimed', attempt: 1, failures: 0 })
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
  const counted = { done: 4, total: 10, unit: 'rows' }
  const last = { attempt: 1, percent: 40, message: 'row 4', ...counted }
  await recorder.finish(id, 1, { status: 'retry', error: 'no' }, last)
  expect(await read(id)).toMatchObject({ status: 'retry', progress: 40, error: 'no', ...counted })
  await recorder.claim(id, id)
  await recorder.begin(id, 2)
  expect(await read(id)).toMatchObject({ progress: 0, message: null, error: null })
  expect(await read(id)).toMatchObject({ done: null, total: null, unit: null })
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
  await recorder.abandon(id, id, 'lost its worker too often')
  expect(await read(id)).toMatchObject(
    steps.length === 0
      ? { status: 'failed', error: 'lost its worker too often' }
      : { status: 'cancelled', error: 'enough' },
  )
})

it('the end of a superseded attempt does not keep its successor from being cancelled', async () => {
  const cancellations = await createCancellations(
    { database, pool: pools.durable },
    recorder,
    quiet,
  )
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
  const how = { owner: null, idempotencyKey: 'k', args: { a: 1 }, options }
  const run = { id, name: 'test', ...place, ...how }
  expect([await recorder.start(run), await recorder.start(run)]).toEqual([true, true])
  await recorder.claim(id, id)
  expect(await recorder.start(run)).toBe(false)
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
