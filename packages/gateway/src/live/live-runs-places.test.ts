import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runningJob } from '../../test/support/running-job.ts'
import type { Run } from '../runs/run-store.ts'
import { createLiveRuns } from './live-runs.ts'
import type { RunRegistration } from './registration.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const place = { engine: 'bullmq', queue: 'mine', taskId: 'task' }
const waiting = runningJob('a', { status: 'pending', revision: 5, ...place })

/** A waiting run, whose place is read, and the places that its registrations are sent. */
function watchRun() {
  const places: (string | undefined)[] = []
  const queue = { position: 3 }
  const store = { read: async () => [{ ...waiting, revision: 6 }] }
  const readPositions = async () => new Map([['task', queue.position]])
  const liveRuns = createLiveRuns(store, pino({ level: 'silent' }), { readPositions })
  const outbox = {
    send: (_: string, frame: string) => void places.push(/"position":(\w+)/.exec(frame)?.[1]),
    forget: () => undefined,
  }
  const register = (different: Partial<RunRegistration> = {}): RunRegistration =>
    liveRuns.watch({
      ...{ kind: 'job', runId: 'a', target: 'job:a', dialect: 'headway', outbox, seq: 0 },
      ...{ mayRead: () => true, ended: () => undefined },
      ...different,
    })
  const move = async (position: number): Promise<void> => {
    queue.position = position
    await vi.advanceTimersByTimeAsync(1_000)
  }
  return { liveRuns, places, register, move }
}

/** A run that is watched, at its third place, and one more registration with its answer's text. */
async function answering(dialect: RunRegistration['dialect'] = 'headway') {
  const watched = watchRun()
  watched.liveRuns.answered(watched.register({ outbox: { send() {}, forget() {} } }), waiting)
  await watched.move(3)
  const registration = watched.register({ dialect })
  const written: Run = watched.liveRuns.place(waiting)
  expect(written.position).toBe(3)
  return { ...watched, registration, written }
}

it('pushes a place that has moved since the answer was written', async () => {
  const { liveRuns, places, move, registration, written } = await answering()
  await move(2)
  expect(places).toEqual([])
  liveRuns.answered(registration, written)
  expect(places).toEqual(['2'])
})

it('pushes no place that the answer had', async () => {
  const { liveRuns, places, registration, written } = await answering()
  liveRuns.answered(registration, written)
  expect(places).toEqual([])
})

it('pushes no place to the clients of Forge', async () => {
  const { liveRuns, places, move, registration, written } = await answering('forge')
  await move(2)
  liveRuns.answered(registration, written)
  expect(places).toEqual([])
})

it('pushes a change that authorize held up with the place that the run has by then', async () => {
  const { liveRuns, places, move, register } = watchRun()
  let allow = (_: boolean): void => undefined
  const mayRead = (): Promise<boolean> =>
    new Promise((resolve) => {
      allow = resolve
    })
  liveRuns.answered(register({ mayRead }), waiting)
  await vi.advanceTimersByTimeAsync(0)
  liveRuns.changed(['a'])
  await vi.advanceTimersByTimeAsync(0)
  const allowChange = allow
  await move(2)
  allowChange(true)
  await vi.advanceTimersByTimeAsync(0)
  expect(places).toEqual(['2'])
})
