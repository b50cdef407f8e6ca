import { setTimeout as wait } from 'node:timers/promises'
import { createPostgresBackend } from 'bullmq'

/**
 * The longest wait of a worker that yields, in milliseconds: more than the clocks of servers
 * differ.
 */
const longestMs = 500

/** BullMQ's backend for a worker, with one call for the worker to make. */
export interface YieldingBackend {
  create: typeof createPostgresBackend
  /** The worker has put a job back, which is due again after a while. */
  hasPutBack(delayMs: number): void
}

/**
 * All idle workers wake when a delayed job is due, and the fastest takes it. That would be the same
 * one each time: the one that has put the job back. So this one lets the others go first. It takes
 * new jobs, which are notified, at once.
 */
export function createYieldingBackend(random: () => number = Math.random): YieldingBackend {
  let untilMs = 0
  return {
    create(...args) {
      const backend = createPostgresBackend(...args)
      const waitForJob = backend.waitForJob.bind(backend)
      backend.waitForJob = async (blockTimeout) => {
        const notified = await waitForJob(blockTimeout)
        const isToYield = !notified && performance.now() < untilMs && !backend.closing
        if (isToYield) await wait(longestMs * random())
        return notified
      }
      return backend
    },
    hasPutBack(delayMs) {
      untilMs = Math.max(untilMs, performance.now() + 2 * delayMs)
    },
  }
}
