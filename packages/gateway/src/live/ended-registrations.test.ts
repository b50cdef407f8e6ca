import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { createEndedRegistrations } from './ended-registrations.ts'
import type { FrameStream } from './frame-stream.ts'
import type { RunRegistration } from './registration.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const stream = (): FrameStream => ({ send: () => undefined, forget: () => undefined })
const registration = (runId: string, outbox = stream(), target = `job:${runId}`): RunRegistration =>
  ({ kind: 'job', runId, target, dialect: 'headway', outbox }) as RunRegistration

it('knows each stream that has the end of a run once, with the newest end', () => {
  const ended = createEndedRegistrations()
  const [one, other] = [stream(), stream()]
  ended.add(registration('a', one), 3)
  ended.add(registration('a', other), 3)
  ended.add(registration('a', one), 5)
  expect(ended.has('a')).toBe(true)
  expect(ended.take('a').map(({ outbox, revision }) => [outbox === one, revision])).toEqual([
    [false, 3],
    [true, 5],
  ])
  expect([ended.has('a'), ended.take('a')]).toEqual([false, []])
})

it('knows nothing of registrations under another name: their stream may use it again', () => {
  const ended = createEndedRegistrations()
  ended.add(registration('a', stream(), 'job:mine'), 3)
  expect(ended.has('a')).toBe(false)
})

it('forgets the run that ended first, a tenth at a time', () => {
  const ended = createEndedRegistrations(10)
  const one = stream()
  for (const id of 'abcdefghij') ended.add(registration(id, one), 1)
  ended.add(registration('a', one), 2)
  expect([...'abcdefghij'].every(ended.has)).toBe(true)
  ended.add(registration('k', one), 1)
  expect([...'abcdefghijk'].filter(ended.has)).toEqual([...'adefghijk'])
})

it('keeps no more of one run than of many, and counts what was taken no more', () => {
  const ended = createEndedRegistrations(10)
  const streams = Array.from({ length: 30 }, stream)
  const addAll = (runId: string) => {
    for (const one of streams) ended.add(registration(runId, one), 1)
  }
  addAll('a')
  const kept = ended.take('a').map(({ outbox }) => streams.indexOf(outbox))
  expect(kept).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29].slice(-kept.length))
  expect(kept.length).toBeGreaterThan(8)
  for (const id of 'bcdefghijk') ended.add(registration(id, streams[0]), 1)
  expect([...'bcdefghijk'].every(ended.has)).toBe(true)
})

it('drops streams that are gone before any that is there', async () => {
  const ended = createEndedRegistrations(10)
  const there = stream()
  ended.add(registration('a', there), 1)
  ended.add(registration('a'), 1)
  for (const id of 'bcdefghi') ended.add(registration(id), 1)
  // What was looked at in a turn stays until its end.
  await new Promise(setImmediate)
  collect()
  ended.add(registration('j', there), 1)
  expect([...'abcdefghij'].filter(ended.has)).toEqual(['a', 'j'])
  ended.add(registration('k'), 1)
  await new Promise(setImmediate)
  collect()
  expect([ended.take('a').length, ended.take('k')]).toEqual([1, []])
})
