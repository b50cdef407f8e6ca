import { NEVER, type Observable, type SchedulerLike, timer } from 'rxjs'

/** [HTML, timers] A delay is a signed 32-bit number of milliseconds. A longer one fires at once. */
const maxTimerMs = 2 ** 31 - 1

/**
 * Emits 0 after `ms` milliseconds and completes. With `everyMs` it continues to count at that
 * interval. Delays above the platform's limit are cut to it (24.8 days), `Infinity` never emits,
 * and `NaN` emits at once. All timers of this library are set here.
 */
export function after(ms: number, scheduler: SchedulerLike, everyMs?: number): Observable<number> {
  if (ms === Number.POSITIVE_INFINITY) return NEVER
  // RxJS takes a negative interval for none.
  return timer(toTimerMs(ms), everyMs === undefined ? -1 : toTimerMs(everyMs), scheduler)
}

function toTimerMs(ms: number): number {
  return ms > 0 ? Math.min(ms, maxTimerMs) : 0
}
