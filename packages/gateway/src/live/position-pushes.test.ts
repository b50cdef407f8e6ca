import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runningJob } from '../../test/support/running-job.ts'
import { createPositionPushes } from './position-pushes.ts'
import type { RunRegistration } from './registration.ts'
import { createSnapshotGate } from './snapshot-gate.ts'
import { createSubscriptions } from './subscriptions.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const place = { engine: 'bullmq', queue: 'mine', taskId: 'task' }
const waiting = runningJob('a', { status: 'pending', revision: 5, ...place })

/** A waiting run with registrations, whose streams have the run as of a revision. */
function watch(different: Partial<RunRegistration>, sent = 5, ...others: (typeof different)[]) {
  const subscriptions = createSubscriptions<RunRegistration>()
  const frames: string[] = []
  const outbox = { send: (_: string, frame: string) => void frames.push(frame) }
  for (const one of [different, ...others]) {
    const gate = createSnapshotGate()
    gate.open(sent)
    const registration = { target: 'job:a', dialect: 'headway', mayRead: () => true, gate, outbox }
    subscriptions.add('a', { ...registration, ...one } as unknown as RunRegistration)
  }
  const read = vi.fn(async () => new Map([['task', 3]]))
  createPositionPushes(subscriptions, read, pino({ level: 'silent' })).follow(waiting)
  return { frames, read }
}

it('pushes the place to our clients, within the revision', async () => {
  const { frames } = watch({})
  await vi.advanceTimersByTimeAsync(0)
  expect(frames).toHaveLength(1)
  expect(frames[0]).toMatch(/"position":3.*"revision":5/)
})

it('reads no place for the clients of Forge', async () => {
  const { frames, read } = watch({ dialect: 'forge' })
  await vi.advanceTimersByTimeAsync(5_000)
  expect([read.mock.calls, frames]).toEqual([[], []])
})

it.each<[string, Partial<RunRegistration>, number]>([
  ['may not read the run any more', { mayRead: () => false }, 5],
  ['is refused late', { mayRead: async () => false }, 5],
  ['has a newer state', {}, 6],
  ['waits for an older state to be pushed', {}, 4],
])('pushes nothing to a stream that %s', async (_, different, sent) => {
  const { frames, read } = watch(different, sent)
  await vi.advanceTimersByTimeAsync(0)
  expect(read).toHaveBeenCalled()
  expect(frames).toEqual([])
})

it.each<[string, RunRegistration['mayRead']]>([
  ['never answers', () => new Promise(() => undefined)],
  ['rejects', () => Promise.reject(new Error('away'))],
])('an authorize that %s holds up no other stream', async (_, mayRead) => {
  const { frames } = watch({ mayRead }, 5, {})
  await vi.advanceTimersByTimeAsync(0)
  expect(frames).toHaveLength(1)
})

it('a slow authorize does not send an older place after a newer one', async () => {
  const answers: ((may: boolean) => void)[] = []
  const { frames, read } = watch({ mayRead: () => new Promise((resolve) => answers.push(resolve)) })
  await vi.advanceTimersByTimeAsync(0)
  read.mockResolvedValue(new Map([['task', 2]]))
  await vi.advanceTimersByTimeAsync(1_000)
  for (const answer of answers.reverse()) answer(true)
  await vi.advanceTimersByTimeAsync(0)
  expect(answers).toHaveLength(2)
  expect(frames.map((frame) => /"position":(\d)/.exec(frame)?.[1])).toEqual(['2'])
})

it('gives up an authorize that takes too long', async () => {
  let allow = (_: boolean): void => undefined
  const mayRead = (): Promise<boolean> =>
    new Promise((resolve) => {
      allow = resolve
    })
  const { frames } = watch({ mayRead })
  await vi.advanceTimersByTimeAsync(6_000)
  allow(true)
  await vi.advanceTimersByTimeAsync(0)
  expect(frames).toEqual([])
})
