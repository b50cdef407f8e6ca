import type { Logger } from 'pino'

/** The shortest and the longest wait before an unknown job is delivered again, in milliseconds. */
const [leastMs, mostMs] = [1_000, 15_000]

/** The maximum number of names that are remembered: more would be a mistake, or an attack. */
const maxNames = 1_000

/** Jobs of names that are unknown here: how long each waits until it is delivered again. */
export type UnknownNames = (name: string, nowMs?: number) => number

/**
 * While a new version is rolled out, a job may meet a worker that does not know it yet, or not any
 * more: it is left for one that does. The longer a name is unknown, the longer its jobs wait, from
 * 1 to 15 s, so that a name that no worker knows costs little. Each name is logged once.
 */
export function createUnknownNames(logger: Logger): UnknownNames {
  const since = new Map<string, number>()
  return (name, nowMs = performance.now()) => {
    const first = since.get(name)
    if (first === undefined) {
      if (since.size >= maxNames) since.clear()
      since.set(name, nowMs)
      logger.warn({ job: name }, 'this worker does not define a job; it is left to other workers')
    }
    return Math.min(mostMs, Math.max(leastMs, (nowMs - (first ?? nowMs)) / 4))
  }
}
