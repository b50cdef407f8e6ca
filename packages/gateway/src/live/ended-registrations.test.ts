import { expect, it } from 'vitest'
import { createEndedRegistrations } from './ended-registrations.ts'
import type { FrameStream } from './frame-stream.ts'
import type { RunRegistration } from './registration.ts'

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

it('forgets the oldest', () => {
  const ended = createEndedRegistrations(2)
  for (const id of ['a', 'b', 'c']) ended.add(registration(id), 1)
  expect(['a', 'b', 'c'].filter(ended.has)).toEqual(['b', 'c'])
})
