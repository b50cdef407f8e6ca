import { expect, it } from 'vitest'
import { startFollowing } from '../../test/support/followed-queue.ts'
import { toSortable } from './queue-event.ts'

it('reads what it has not seen, then what events name', async () => {
  const { queue, followed, shown } = startFollowing()
  queue.add('1')
  await followed.advance()
  expect(shown()).toEqual({ 1: 'pending' })
  queue.add('2')
  queue.end('1', 'completed')
  await followed.advance()
  expect(shown()).toEqual({ 1: 'completed', 2: 'pending' })
})

it('asks for the data of a job once, and again when it is added again', async () => {
  const { queue, followed } = startFollowing()
  queue.add('1')
  await followed.advance()
  const asked = () => queue.asked.splice(0).map(({ data }) => data)
  expect(asked()[0]).toBe(true)
  queue.tell('progress', '1')
  await followed.advance()
  expect(asked()).toEqual([false])
  queue.add('1')
  await followed.advance()
  expect(asked()).toEqual([true])
  queue.trim()
  await followed.advance()
  // It may be another one since.
  expect(asked()[0]).toBe(true)
})

it('asks for the data of another job under a known id before it reads of that', async () => {
  const { queue, store, followed } = startFollowing()
  queue.add('1')
  queue.add('2')
  await followed.advance()
  queue.tell('progress', '1')
  queue.add('1', { timestamp: 2_000 }, false)
  queue.asked.splice(0)
  await followed.advance()
  expect(queue.asked.map(({ data }) => data)).toEqual([false, true])
  expect(store.runs.get('1')).toMatchObject({ origin: { name: 'name' }, createdMs: 2_000 })
})

it('a job that was gone before it was read has its name, though its end comes later', async () => {
  const { queue, store, followed, shown } = startFollowing()
  queue.tell('drained')
  await followed.advance()
  queue.add('quick')
  queue.remove('quick')
  await followed.advance()
  expect(store.runs.get('quick')).toMatchObject({ status: 'pending', origin: { name: 'name' } })
  queue.tell('completed', 'quick')
  await followed.advance()
  expect(shown()).toEqual({ quick: 'completed' })
})

it('an end whose job is gone is in its event; without one, all events say that it was removed', async () => {
  const { queue, followed, shown } = startFollowing()
  for (const id of ['done', 'drained', 'stays']) queue.add(id)
  await followed.advance()
  queue.end('done', 'completed')
  queue.remove('done')
  queue.remove('drained')
  await followed.sweep()
  expect(shown()).toEqual({ done: 'completed', drained: 'removed', stays: 'pending' })
})

it('an end that came before anyone looked is in what is left of the events', async () => {
  const { queue, followed, shown } = startFollowing()
  queue.add('done')
  queue.end('done', 'completed')
  queue.remove('done')
  await followed.advance()
  expect(shown()).toEqual({ done: 'completed' })
  // Nor does it look at logs that nobody wants.
  await followed.readLogs()
})

it('what is gone has the place of the events that do not tell of it', async () => {
  const { queue, store, followed } = startFollowing()
  queue.add('drained')
  await followed.advance()
  queue.remove('drained')
  queue.tell('drained')
  await followed.sweep()
  expect(store.runs.get('drained')?.place).toBe(toSortable(followed.place()))
})

it('what cannot be known is not guessed, once events are missing', async () => {
  const { queue, followed, shown } = startFollowing()
  queue.add('done')
  await followed.advance()
  queue.end('done', 'completed')
  queue.remove('done')
  queue.trim()
  // The comparison finds it before anything else does.
  await followed.sweep()
  expect(shown()).toEqual({ done: 'not_found' })
})

it('a start whose job is gone before its queue was ever read cannot be known either', async () => {
  const { queue, store, followed, shown } = startFollowing()
  store.start('started')
  queue.add('started')
  queue.remove('started')
  queue.trim()
  await followed.advance()
  expect(shown()).toEqual({ started: 'not_found' })
})

it('the jobs that were cleaned have no event of their own', async () => {
  const { queue, followed, shown } = startFollowing()
  for (const id of ['1', '2']) queue.add(id)
  await followed.advance()
  queue.remove('1')
  queue.tell('cleaned')
  await followed.advance()
  expect(shown()).toEqual({ 1: 'removed', 2: 'pending' })
})

it('all is read again after a gap, with the ends since the last read', async () => {
  const { queue, followed, shown } = startFollowing({ cursor: '5-0', readAt: 5_000_000 })
  queue.add('waits')
  queue.add('before', { place: 'completed', finishedOn: 5_000_000 - 60_001 })
  queue.add('while', { place: 'completed', finishedOn: 5_000_000 - 60_000 })
  queue.trim()
  await followed.advance()
  expect(shown()).toEqual({ waits: 'pending', while: 'completed' })
})

it('a queue that is new is read since a time, and an empty one is not read again', async () => {
  const { queue, followed, shown } = startFollowing({ sinceMs: 100 })
  await followed.advance()
  expect(queue.lists).toBe(1)
  await followed.advance()
  expect(queue.lists).toBe(1)
  queue.add('old', { place: 'completed', finishedOn: 99 })
  queue.add('new', { place: 'completed', finishedOn: 100 })
  queue.trim()
  await followed.advance()
  expect([queue.lists, shown()]).toEqual([2, { new: 'completed' }])
  queue.add('next')
  await followed.advance()
  expect([queue.lists, shown()]).toEqual([2, { new: 'completed', next: 'pending' }])
})

it('runs of which the queue has fewer are all compared, page by page', async () => {
  const { queue, store, followed, shown } = startFollowing()
  await followed.advance()
  for (let number = 0; number < 1_200; number += 1) store.start(String(number))
  await followed.sweep()
  expect(Object.values(shown())).toEqual(Array(1_200).fill('removed'))
  for (let number = 0; number < 1_200; number += 1) queue.add(`b${number}`)
  await followed.advance()
  const compared = async () => {
    queue.asked.splice(0)
    await followed.sweep()
    return queue.asked.length
  }
  // As many as it has: some in turn.
  expect([await compared(), await compared(), await compared(), await compared()]).toEqual([
    500, 500, 200, 500,
  ])
})

it('writes nothing after its lease is over, and stays at its place', async () => {
  const { queue, store, followed, shown } = startFollowing()
  queue.add('1')
  await followed.advance()
  const place = followed.place()
  queue.add('2')
  store.isHeld = false
  await followed.advance()
  expect([followed.isLost(), followed.place(), shown()]).toEqual([true, place, { 1: 'pending' }])
  const { writes } = store
  await followed.advance()
  await followed.sweep()
  await followed.readLogs()
  expect(store.writes).toBe(writes)
})

it('many jobs of one read move the cursor with the last of them', async () => {
  const { queue, store, followed } = startFollowing()
  queue.tell('drained')
  await followed.advance()
  for (let number = 0; number < 250; number += 1) queue.add(String(number))
  await followed.advance()
  expect(store.cursors.slice(-3)).toEqual([null, null, queue.last()])
})

it('asks a job to stop for as long as its run wants that', async () => {
  const { queue, store, followed, stopped } = startFollowing()
  queue.add('1')
  await followed.advance()
  store.toCancel = ['1']
  queue.tell('progress', '1')
  await followed.advance()
  expect(stopped).toEqual(['1'])
})
