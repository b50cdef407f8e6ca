import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runningJob } from '../../test/support/running-job.ts'
import type { Run } from '../runs/run-store.ts'
import { createOutboxes } from '../streams/outbox.ts'
import { createLiveRuns } from './live-runs.ts'
import type { MayRead } from './registration.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const turns = async (): Promise<void> => {
  for (let times = 0; times < 5; times += 1) await turn()
}

/** Runs that the test changes, each watched by one who is asked whether he may. */
function watchAll(mayRead: Record<string, MayRead>) {
  const runs = new Map<string, Run>()
  const heard: string[] = []
  const store = {
    read: async (ids: readonly string[]) => ids.flatMap((id) => runs.get(id) ?? []),
    complete: async (id: string) => {
      const run = runs.get(id)
      return run ? { ...run, isLarge: false } : null
    },
  }
  const liveRuns = createLiveRuns(store, pino({ level: 'silent' }))
  const outbox = createOutboxes().open((batch) => {
    for (const [, id, status] of batch
      .bytes()
      .toString()
      .matchAll(/"job_id":"(\w+)","status":"(\w+)"/g))
      heard.push(`${id} ${status}`)
    return true
  })
  for (const [id, may] of Object.entries(mayRead)) {
    const run = runningJob(id)
    runs.set(id, run)
    const asked = {
      kind: 'job',
      runId: id,
      target: `job:${id}`,
      dialect: 'headway',
      outbox,
      seq: 0,
    } as const
    const registration = liveRuns.watch({ ...asked, mayRead: may, ended: () => undefined })
    liveRuns.answered(registration, run)
  }
  const end = (id: string, also: Partial<Run> = {}): void => {
    const run = runs.get(id)
    if (run) runs.set(id, { ...run, status: 'completed', revision: 2, ...also })
    liveRuns.changed([id])
  }
  return { liveRuns, heard, end }
}

it('an end is told although whoever is asked could not say so at first', async () => {
  let isAway = true
  const mayRead = async (): Promise<boolean> => {
    if (isAway) throw new Error('the database is away')
    return true
  }
  const { heard, end } = watchAll({ a: mayRead })
  end('a')
  await turns()
  expect(heard).toEqual([])
  isAway = false
  await vi.advanceTimersByTimeAsync(10_000)
  await turns()
  expect(heard).toEqual(['a completed'])
})

it('an authorize that never answers does not hold up allChanged', async () => {
  const { liveRuns, end } = watchAll({ a: () => new Promise(() => undefined), b: () => true })
  end('a')
  await turns()
  let isRead = false
  void liveRuns.allChanged().then(() => {
    isRead = true
  })
  await turns()
  await vi.advanceTimersByTimeAsync(20_000)
  await turns()
  expect(isRead).toBe(true)
})

it('an output that is nested too deep to be written keeps no other run from being told', async () => {
  const { liveRuns, heard, end } = watchAll({ a: () => true, b: () => true })
  const output: unknown = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)
  end('a', { output, isLarge: true })
  end('b', { output: 1, isLarge: true })
  await turns()
  expect(heard).toEqual(['b completed'])
  let isRead = false
  void liveRuns.allChanged().then(() => {
    isRead = true
  })
  await turns()
  expect(isRead).toBe(true)
})
