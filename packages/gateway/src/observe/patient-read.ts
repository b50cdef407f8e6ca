import { setTimeout as wait } from 'node:timers/promises'
import type { RunStore } from '../runs/run-store.ts'

/** The waits before runs that are missing are read again, in milliseconds. */
const waitsMs = [50, 100, 200, 400]

/** The form of the ids of observed jobs. */
const uuidV5 = /^.{14}5/

/**
 * A read that waits a little for runs of observed jobs: a page may ask for a job that was added a
 * moment ago, before the observer has heard of it.
 */
export function patientRead(
  read: RunStore['read'],
  pause: (ms: number) => Promise<unknown> = wait,
): RunStore['read'] {
  return async (ids) => {
    const runs = await read(ids)
    for (const waitMs of waitsMs) {
      const found = new Set(runs.map(({ id }) => id))
      const missing = ids.filter((id) => uuidV5.test(id) && !found.has(id.toLowerCase()))
      if (missing.length === 0) break
      await pause(waitMs)
      runs.push(...(await read(missing)))
    }
    return runs
  }
}
