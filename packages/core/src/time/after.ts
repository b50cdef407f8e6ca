import { NEVER, type Observable, type SchedulerLike, timer } from 'rxjs'

/** [HTML, timers] a delay is a signed 32-bit number of milliseconds; a larger one is over at once. */
const maxTimerMs = 2 ** 31 - 1

/**
 * Emits 0 after `ms` milliseconds and completes; with `everyMs` it goes on counting at that interval. The
 * only file of this library that sets timers: a delay that platforms cannot hold is cut to the longest they
 * can (24.8 days), `Infinity` never comes, and what is not a number is now.
 */
export function after(ms: number, scheduler: SchedulerLike, everyMs?: number): Observable<number> {
  if (ms === Number.POSITIVE_INFINITY) return NEVER
  // Of a negative interval RxJS makes none.
  return timer(toTimerMs(ms), everyMs === undefined ? -1 : toTimerMs(everyMs), scheduler)
}

function toTimerMs(ms: number): number {
  return ms > 0 ? Math.min(ms, maxTimerMs) : 0
}
