import { expect, it } from 'vitest'
import { foldEvents, timeOf, toQueueEvent, toSortable } from './queue-event.ts'

let number = 0
const event = (name: string, fields: Record<string, string> = {}) => {
  number += 1
  const pairs = Object.entries({ event: name, jobId: '1', ...fields }).flat()
  return toQueueEvent([`1700-${number}`, pairs])
}
const endOf = (...events: ReturnType<typeof event>[]) => foldEvents(events).get('1')?.end

it('the last end of a job counts, unless it went on', () => {
  const done = event('completed', { returnvalue: '{"a":1}', prev: 'active' })
  expect(endOf(event('added'), event('active'), done)).toEqual({
    at: done.at,
    type: 'completed',
    text: '{"a":1}',
    attempts: 1,
  })
  expect(endOf(done, event('progress', { data: '5' }))).toMatchObject({ type: 'completed' })
  expect(endOf(done, event('removed', { prev: 'completed' }))).toMatchObject({ type: 'completed' })
  for (const later of ['added', 'waiting', 'active', 'delayed']) {
    expect(endOf(done, event(later))).toBeNull()
  }
  const failed = event('failed', { failedReason: 'no' })
  expect(endOf(done, failed)).toMatchObject({ type: 'failed', text: 'no', attempts: 1 })
  const spent = event('retries-exhausted', { attemptsMade: '3' })
  expect(endOf(failed, spent)).toMatchObject({ type: 'failed', attempts: 3 })
  expect(endOf(event('removed', { prev: 'wait' }))).toMatchObject({ type: 'removed' })
})

it('the place and the name of the last time that a job was added are told', () => {
  const [first, second] = [event('added', { name: 'a' }), event('added', { name: 'b' })]
  const told = (...events: ReturnType<typeof event>[]) => foldEvents(events).get('1')
  expect(told(first, second)).toEqual({ name: 'b', addedAt: second.at, end: null })
  expect(told(first, event('completed'))).toMatchObject({ name: 'a', addedAt: first.at })
  // As earlier versions tell it.
  expect(told(first, event('added'))).toMatchObject({ name: null })
  expect(told(event('active'))).toEqual({ name: null, addedAt: null, end: null })
})

it('events about the queue name no job', () => {
  expect(foldEvents([toQueueEvent(['1-1', ['event', 'drained']])]).size).toBe(0)
})

it('places sort as text', () => {
  const places = ['999-0', '1000-2', '1000-10', '17000000000000-0']
  expect(places.map(toSortable).toSorted()).toEqual(places.map(toSortable))
  expect(timeOf('1700-3')).toBe(1_700)
})
