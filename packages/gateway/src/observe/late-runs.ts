import { setTimeout as wait } from 'node:timers/promises'
import type { ReadById } from '../runs/read-together.ts'

/**
 * Runs that are not there yet, and may come: a page may ask for a job that was added a moment ago,
 * before the observer has heard of it.
 */
export interface LateRuns<T> {
  /** A run of this id may come. */
  mayCome(id: string): boolean
  /** Waits a little for a run that is missing; `undefined`: it has not come. */
  wait(id: string): Promise<T | undefined>
}

/** The waits before a run that is missing is read again, in milliseconds. */
const waitsMs = [50, 100, 200, 400]

/** The form of the ids of observed jobs. */
const uuidV5 = /^.{14}5/

/** No run comes late: nothing is observed. */
export const noLateRuns: LateRuns<never> = {
  mayCome: () => false,
  wait: async () => undefined,
}

/**
 * Late runs of observed jobs. Others are not waited for.
 *
 * @param read reads runs as they are now
 * @param lookForQueues called before each wait: the queue of the job may be as new as the job
 */
export function createLateRuns<T>(
  read: ReadById<T>,
  lookForQueues: () => void,
  pause: (ms: number) => Promise<unknown> = wait,
): LateRuns<T> {
  const mayCome = (id: string): boolean => uuidV5.test(id)
  return {
    mayCome,
    async wait(id) {
      if (!mayCome(id)) return undefined
      for (const waitMs of waitsMs) {
        lookForQueues()
        await pause(waitMs)
        // PostgreSQL writes ids in lower case.
        const found = (await read([id])).get(id.toLowerCase())
        if (found !== undefined) return found
      }
      return undefined
    },
  }
}
