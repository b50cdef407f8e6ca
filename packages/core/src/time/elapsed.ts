import { asyncScheduler, type SchedulerLike } from 'rxjs'

/**
 * A clock for durations, in milliseconds since an arbitrary start. It never goes back. The
 * scheduler's `now()` is the time of day, which users and time servers can set.
 *
 * A custom scheduler has only `now()`: this clock ignores its steps back.
 *
 * @see https://www.w3.org/TR/hr-time-3/
 */
export function createElapsed(scheduler: SchedulerLike): () => number {
  if (scheduler === asyncScheduler) return () => performance.now()
  let elapsedMs = 0
  let last = scheduler.now()
  return () => {
    const now = scheduler.now()
    elapsedMs += Math.max(0, now - last)
    last = now
    return elapsedMs
  }
}
