import type { IQueueBackend } from 'bullmq'
import { expect, it } from 'vitest'
import { createYieldingBackend } from './bullmq-yielding.ts'
import type { TakenTask, Verdict } from './engine.ts'

type Notified = Awaited<ReturnType<IQueueBackend['waitForJob']>>

const task: TakenTask = {
  id: '1',
  runId: '1',
  name: 'former',
  args: null,
  attempts: 1,
  isLastAttempt: true,
}

/** How long a worker lets others go first, after its verdict and with a notification. */
async function next(verdict: Verdict, notified: Notified): Promise<number> {
  const backend = { waitForJob: async () => notified, closing: undefined }
  let pausedMs = 0
  const { create, noting } = createYieldingBackend(() => backend as unknown as IQueueBackend, {
    random: () => 0.5,
    pause: async (ms) => {
      pausedMs += ms
    },
  })
  await noting(async () => verdict)(task)
  expect(await create('queue', { connection: {} }).waitForJob(1)).toBe(notified)
  return pausedMs
}

const postponed: Verdict = { type: 'postponed', delayMs: 1_000 }

it.each([
  ['that was told nothing', null],
  ['that Redis has told of a delayed job', { member: '1', score: 1_700_000_000_000 }],
])('a worker that has put a job back, %s, lets others go first', async (_, notified) => {
  expect(await next(postponed, notified)).toBe(250)
})

it('takes a new job at once', async () => {
  expect(await next(postponed, { member: '0', score: 0 })).toBe(0)
})

it('a worker that has put nothing back lets nobody go first', async () => {
  expect(await next({ type: 'done' }, null)).toBe(0)
})
