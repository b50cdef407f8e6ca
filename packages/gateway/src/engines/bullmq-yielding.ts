import { setTimeout as wait } from 'node:timers/promises'
import type { BackendFactory, IQueueBackend } from 'bullmq'
import type { TakenTask, Verdict } from './engine.ts'

/**
 * The longest wait of a worker that yields, in milliseconds: more than the clocks of servers
 * differ.
 */
const longestMs = 500

/** BullMQ's backend for a worker, and what it must know of what this worker puts back. */
export interface YieldingBackend<B extends IQueueBackend, C> {
  create: BackendFactory<B, C>
  /** Notes the jobs that it puts back. */
  noting(execute: (task: TakenTask) => Promise<Verdict>): (task: TakenTask) => Promise<Verdict>
}

/** Chance and time. */
interface Yielding {
  random(): number
  pause(ms: number): Promise<unknown>
}

/**
 * All idle workers wake when a delayed job is due, and the fastest takes it. That would be the same
 * one each time: the one that has put the job back. So this one lets the others go first. It takes
 * new jobs, which are notified, at once.
 */
export function createYieldingBackend<B extends IQueueBackend, C>(
  createBackend: BackendFactory<B, C>,
  { random, pause }: Yielding = { random: Math.random, pause: wait },
): YieldingBackend<B, C> {
  let untilMs = 0
  return {
    create(...args) {
      const backend = createBackend(...args)
      const waitForJob = backend.waitForJob.bind(backend)
      backend.waitForJob = async (blockTimeout) => {
        const notified = await waitForJob(blockTimeout)
        // Redis also notifies of a delayed job, with the time at which it is due.
        const isNew = notified?.score === 0
        const isToYield = !isNew && performance.now() < untilMs && !backend.closing
        if (isToYield) await pause(longestMs * random())
        return notified
      }
      return backend
    },
    noting: (execute) => async (task) => {
      const verdict = await execute(task)
      if (verdict.type === 'postponed')
        untilMs = Math.max(untilMs, performance.now() + 2 * verdict.delayMs)
      return verdict
    },
  }
}
