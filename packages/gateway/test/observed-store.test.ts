import { expect, it } from 'vitest'
import type { ObservedRun } from '../src/observe/observed-store.ts'
import { toSortable } from '../src/observe/queue-event.ts'
import { noLabels } from '../src/runs/labels.ts'
import { first, hourMs, newName, open, pool, start } from './support/observed-row.ts'

it('one observer holds a queue, until it leaves or its lease is over', async () => {
  const [one, other, queue] = [open(), open(), newName()]
  const held = first(await one.hold([queue], hourMs))
  expect(held).toMatchObject({ queue, cursor: null, readAt: null })
  expect(await one.hold([queue], hourMs)).toEqual([held])
  expect(await other.hold([queue], hourMs)).toEqual([])
  expect(await one.write(held, [], '5-0')).toEqual([])
  await one.leave()
  const next = first(await other.hold([queue], 0))
  expect(next).toMatchObject({ cursor: '5-0', readAt: expect.any(Number) })
  expect(Number(next.term)).toBeGreaterThan(Number(held.term))
  // Its lease was over at once: it may write nothing, and anyone takes the queue.
  expect(await other.write(next, [], '6-0')).toBeNull()
  const again = first(await one.hold([queue], hourMs))
  expect(Number(again.term)).toBeGreaterThan(Number(next.term))
  expect(again.cursor).toBe('5-0')
  expect(await one.write(next, [], '6-0')).toBeNull()
  expect(await other.write(again, [], '6-0')).toBeNull()
  // Nor may one whose place is not the database's.
  expect(await one.write({ ...again, cursor: '4-0' }, [], '6-0')).toBeNull()
  expect(await one.queues()).toContain(queue)
})

it('writes only what has changed', async () => {
  const { write, row } = await start()
  await write()
  const changes = async (more: Partial<ObservedRun>): Promise<boolean> => {
    const { revision } = await row()
    await write(more)
    return (await row()).revision > revision
  }
  const running = { status: 'running', taken: 1 } as const
  expect([
    await changes({}),
    await changes({ progress: 5 }),
    await changes({ progress: 5, place: toSortable('11-0') }),
    await changes({ progress: 5, message: 'half' }),
    await changes({ progress: 5 }),
    await changes(running),
    await changes(running),
    await changes({ ...running, taken: 2 }),
    await changes({ ...running, taken: 2, status: 'retry', error: 'no' }),
    await changes({ ...running, taken: 2, status: 'retry', error: 'nor this' }),
  ]).toEqual([false, true, false, true, true, true, false, true, true, true])
  expect(await row()).toMatchObject({ status: 'retry', progress: 5, message: null, attempt: 2 })
})

it('an event ends a run once, and only if it is newer', async () => {
  const { write, tell, row } = await start()
  await write()
  await tell('10-0')
  expect(await row()).toMatchObject({ status: 'pending' })
  await tell('11-0')
  const ended = await row()
  expect(ended).toMatchObject({ status: 'completed', output: 1, attempt: 1 })
  await tell('11-0', { status: 'failed' })
  expect(await row()).toEqual(ended)
  // What was read is the truth, wherever it was read.
  await write({ place: toSortable('9-0') })
  expect(await row()).toMatchObject({ status: 'pending', output: null })
})

it('an end that only an event tells makes a run, if it says of whom', async () => {
  const { tell, row } = await start()
  await tell('5-0', { origin: null })
  expect(await row()).toBeUndefined()
  await tell('5-0')
  expect(await row()).toMatchObject({ status: 'completed', attempt: 1, owner: 'ann' })
  const other = await start()
  await other.tell('5-0', { status: 'removed', output: null, error: 'removed' })
  expect(await other.row()).toMatchObject({ status: 'cancelled', attempt: 0, error: 'removed' })
})

it('a job that is gone keeps its end; one without an end was removed', async () => {
  const { write, end, row } = await start()
  const gone = { origin: null, taken: null, createdMs: null, finishedMs: 9_000 }
  await end()
  const ended = await row()
  await write({ ...gone, status: 'removed' })
  await write({ ...gone, status: 'not_found' })
  expect(await row()).toEqual(ended)
  const other = await start()
  await other.write()
  await other.write({ ...gone, status: 'removed', error: 'removed' })
  expect(await other.row()).toMatchObject({ status: 'cancelled', error: 'removed', attempt: 0 })
})

it('a job that goes on after its end is the next attempt, from the start', async () => {
  const { write, end, row, ask } = await start()
  await write({ status: 'running', taken: 1, progress: 50, message: 'half' })
  await ask()
  await end({ status: 'failed', output: null, error: 'no', progress: 50 })
  expect(await row()).toMatchObject({ status: 'failed', isCancelling: true })
  await write({ taken: 1 })
  expect(await row()).toMatchObject({ status: 'pending', progress: 0, message: null, error: null })
  expect(await row()).toMatchObject({ attempt: 1, isCancelling: false, reason: null })
  await write({ status: 'running', taken: 2 })
  await end({ taken: 2, finishedMs: 3_000 })
  expect(await row()).toMatchObject({ status: 'completed', attempt: 2 })
  // Counted from the start again, by the one who retried it.
  await write({ taken: 0 })
  await end({ taken: 1, finishedMs: 4_000 })
  expect(await row()).toMatchObject({ status: 'completed', attempt: 3 })
})

it('another job under the same id is another attempt, of its own owner', async () => {
  const { write, end, row } = await start()
  await end()
  const labels = { title: 'Holiday', tags: ['video', 'large'] }
  const origin = { name: 'film', owner: 'bob', readers: null, labels }
  await write({ createdMs: 5_000, origin, status: 'running', taken: 1 })
  expect(await row()).toMatchObject({ status: 'running', attempt: 2, owner: 'bob', output: null })
  expect(await row()).toMatchObject(labels)
  // The same one: its owner was read once.
  await write({ createdMs: 5_000, status: 'running', taken: 1, progress: 3 })
  expect(await row()).toMatchObject({ owner: 'bob', progress: 3, ...labels })
})

it('another job under the same id that only events tell of is not for the old owner', async () => {
  const { end, tell, row } = await start()
  await end()
  const origin = { name: 'film', owner: null, readers: 'admins', labels: noLabels } as const
  const added = toSortable('12-0')
  await tell('12-0', { origin, added, status: 'pending', output: null, taken: 0, finishedMs: null })
  expect(await row()).toMatchObject({ status: 'pending', owner: null, output: null, attempt: 1 })
  await tell('13-0', { origin: { ...origin, name: 'q' }, output: '2' })
  expect(await row()).toMatchObject({ status: 'completed', owner: null, output: 2, attempt: 2 })

  const other = await start()
  await other.write({ status: 'running', taken: 1 })
  await other.tell('13-0', { origin, added, output: '2' })
  expect(await other.row()).toMatchObject({ owner: null, output: 2, attempt: 2 })
  // Read since it was added: the same job.
  const same = await start()
  await same.write({ status: 'running', taken: 1 })
  await same.tell('13-0', { origin, added: toSortable('10-0'), output: '2' })
  expect(await same.row()).toMatchObject({ owner: 'ann', output: 2, attempt: 1 })
})

it('a request to cancel lasts until the job ends, and is told again', async () => {
  const { write, row, ask, end } = await start()
  expect(await write({ status: 'running', taken: 1 })).toEqual([])
  await ask()
  expect(await write({ status: 'running', taken: 1, progress: 9 })).toEqual(['1'])
  expect(await row()).toMatchObject({ status: 'cancel_requested', message: 'asked', progress: 9 })
  const cancelled = { status: 'cancelled', output: null, error: 'cancelled' } as const
  expect(await end(cancelled)).toEqual([])
  const ended = await row()
  expect(ended).toMatchObject({ status: 'cancelled', error: 'enough', message: null })
  await end(cancelled)
  expect(await row()).toEqual(ended)
  const other = await start()
  await other.write()
  await other.ask()
  await other.tell('11-0', { status: 'removed', output: null, error: 'removed' })
  expect(await other.row()).toMatchObject({ status: 'cancelled', error: 'enough', message: null })
})

it('a start that is still to be handed over is not missing in its queue', async () => {
  const { store, queue, write } = await start()
  await write()
  await pool.query(
    `insert into headway.run (id, kind, name, engine, queue, engine_id, status)
     values (gen_random_uuid(), 'job', 'film', 'observed', $1, '2', 'pending')`,
    [queue],
  )
  expect(await store.countUnfinished(queue)).toBe(1)
  const page = await store.readUnfinished(queue, null)
  expect(page).toMatchObject([{ jobId: '1' }])
  expect(await store.readUnfinished(queue, page[0]?.id ?? null)).toEqual([])
})
