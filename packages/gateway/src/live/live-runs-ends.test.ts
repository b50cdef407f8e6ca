import { pino } from 'pino'
import { expect, it } from 'vitest'
import { runningJob } from '../../test/support/running-job.ts'
import type { Run } from '../runs/run-store.ts'
import type { Dialect } from '../runs/snapshot.ts'
import { createOutboxes } from '../streams/outbox.ts'
import { createLiveRuns } from './live-runs.ts'
import type { MayRead } from './registration.ts'

type Status = Run['status']

const turn = async (): Promise<void> => {
  for (let times = 0; times < 2; times += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** One run, watched by one stream that reads, or does not, as the test says. */
function follow(kind: Run['kind'] = 'job', dialect: Dialect = 'headway') {
  const run = runningJob('7', { kind })
  const liveRuns = createLiveRuns({ read: async () => [{ ...run }] }, pino({ level: 'silent' }))
  const heard: string[] = []
  const reader = { isSlow: false }
  const outbox = createOutboxes().open((batch) => {
    for (const [, word] of batch
      .bytes()
      .toString()
      .matchAll(/"status":"(\w+)"/g)) {
      heard.push(String(word))
    }
    return !reader.isSlow
  })
  let ends = 0
  return {
    liveRuns,
    heard,
    ends: () => ends,
    register: (mayRead: MayRead = () => true) => {
      const ended = (): void => {
        ends += 1
      }
      return liveRuns.watch({
        kind: 'job',
        runId: '7',
        target: 'job:7',
        dialect,
        outbox,
        mayRead,
        ended,
        seq: 0,
      })
    },
    now: (): Run => ({ ...run }),
    /** The next state, pushed to whoever still watches. */
    async becomes(status: Status): Promise<void> {
      run.status = status
      run.revision += 1
      liveRuns.changed(['7'])
      await turn()
    },
    stopReading() {
      reader.isSlow = true
    },
    async readOn() {
      reader.isSlow = false
      outbox.drain()
      await turn()
    },
  }
}

it('a registration ends with the push of the end: a later retry is not pushed', async () => {
  const { liveRuns, register, now, becomes, heard, ends } = follow()
  liveRuns.answered(register(), now())
  await becomes('retry')
  expect(ends()).toBe(0)
  await becomes('dead_letter')
  expect(ends()).toBe(1)
  await becomes('pending')
  expect(heard).toEqual(['retry', 'dead_letter'])
})

it('a slow reader is told the end before the registration ends', async () => {
  const { liveRuns, register, now, becomes, stopReading, readOn, heard, ends } = follow()
  liveRuns.answered(register(), now())
  stopReading()
  await becomes('cancel_requested')
  await becomes('cancelled')
  expect([heard, ends()]).toEqual([['cancel_requested'], 0])
  await readOn()
  expect([heard, ends()]).toEqual([['cancel_requested', 'cancelled'], 1])
})

it('an end that a retry overtook on the way to a slow reader ends nothing', async () => {
  const { liveRuns, register, now, becomes, stopReading, readOn, heard, ends } = follow()
  liveRuns.answered(register(), now())
  stopReading()
  await becomes('running')
  await becomes('failed')
  await becomes('pending')
  await readOn()
  expect([heard, ends()]).toEqual([['running', 'pending'], 0])
  await becomes('completed')
  expect([heard, ends()]).toEqual([['running', 'pending', 'completed'], 1])
})

it('the answer of a registration tells the end as well', async () => {
  const { liveRuns, register, now, becomes, heard, ends } = follow()
  await becomes('failed')
  liveRuns.answered(register(), now())
  expect(ends()).toBe(1)
  await becomes('pending')
  expect(heard).toEqual([])
})

it('an end that comes while the registration is made is pushed after the answer, and ends it', async () => {
  const { liveRuns, register, now, becomes, heard, ends } = follow()
  const registration = register()
  const snapshot = now()
  await becomes('completed')
  expect([heard, ends()]).toEqual([[], 0])
  liveRuns.answered(registration, snapshot)
  await turn()
  await becomes('pending')
  expect([heard, ends()]).toEqual([['completed'], 1])
})

it('a retry that comes while the end is answered is pushed, and the registration goes on', async () => {
  const { liveRuns, register, now, becomes, heard, ends } = follow()
  await becomes('failed')
  const registration = register()
  const snapshot = now()
  await becomes('pending')
  liveRuns.answered(registration, snapshot)
  await turn()
  await becomes('running')
  expect([heard, ends()]).toEqual([['pending', 'running'], 0])
  await becomes('completed')
  expect(ends()).toBe(1)
})

it.each<[Status, number]>([
  ['compensating', 0],
  ['waiting', 0],
  ['compensated', 1],
  ['failed', 1],
])('of a workflow that is %s, %i registration ends', async (status, count) => {
  const { liveRuns, register, now, becomes, ends } = follow('workflow')
  liveRuns.answered(register(), now())
  await becomes(status)
  expect(ends()).toBe(count)
})

it('Forge’s clients still get updates of a run that has ended', async () => {
  const { liveRuns, register, now, becomes, heard, ends } = follow('job', 'forge')
  liveRuns.answered(register(), now())
  await becomes('failed')
  await becomes('pending')
  await becomes('completed')
  expect([heard, ends()]).toEqual([['failed', 'pending', 'completed'], 0])
})

it('a registration also ends when its session may not follow the run any more', async () => {
  const { liveRuns, register, now, becomes, heard, ends } = follow()
  let isAllowed = true
  liveRuns.answered(
    register(async () => isAllowed),
    now(),
  )
  await becomes('retry')
  isAllowed = false
  await becomes('running')
  isAllowed = true
  await becomes('completed')
  expect([heard, ends()]).toEqual([['retry'], 1])
})
