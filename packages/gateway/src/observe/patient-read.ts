import { setTimeout as wait } from 'node:timers/promises'
import type { ReadById } from '../runs/read-together.ts'

/** The waits before runs that are missing are read again, in milliseconds. */
const waitsMs = [50, 100, 200, 400]

/** The form of the ids of observed jobs. */
const uuidV5 = /^.{14}5/

/**
 * A read that waits a little for runs of observed jobs: a page may ask for a job that was added a
 * moment ago, before the observer has heard of it.
 */
export function patientRead<T>(
  read: ReadById<T>,
  pause: (ms: number) => Promise<unknown> = wait,
): ReadById<T> {
  return async (ids) => {
    let found = await read(ids)
    for (const waitMs of waitsMs) {
      const missing = ids.filter((id) => uuidV5.test(id) && !found.has(id.toLowerCase()))
      if (missing.length === 0) break
      await pause(waitMs)
      found = new Map([...found, ...(await read(missing))])
    }
    return found
  }
}
