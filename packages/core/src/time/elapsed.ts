import { asyncScheduler, type SchedulerLike } from 'rxjs'

/**
 * A clock for durations, in milliseconds from anywhere: it never goes back, and nobody can set it. The
 * scheduler's `now()` is the time of day, which users and time servers set.
 *
 * Of a scheduler that is not the platform's there is only `now()`: then its steps back do not count.
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
