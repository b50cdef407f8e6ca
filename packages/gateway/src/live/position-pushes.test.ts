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

/** A waiting run with one registration, whose stream has the run as of a revision. */
function watch(different: Partial<RunRegistration>, sent = 5) {
  const subscriptions = createSubscriptions<RunRegistration>()
  const frames: string[] = []
  const gate = createSnapshotGate()
  gate.open(sent)
  const outbox = { send: (_: string, frame: string) => void frames.push(frame) }
  const registration = { target: 'job:a', dialect: 'headway', mayRead: () => true, gate, outbox }
  subscriptions.add('a', { ...registration, ...different } as unknown as RunRegistration)
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
