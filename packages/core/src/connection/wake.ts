import { Observable, type SchedulerLike } from 'rxjs'
import { after } from '../time/after.ts'

/** How often the clocks are looked at, and how much more than that has to have passed for a jump, in milliseconds. */
const lookMs = 5_000
const jumpMs = 5_000

/** Where a page says that it is back; only what is used of `window`. */
export interface WakeSource {
  addEventListener(type: string, listener: () => void): void
  removeEventListener(type: string, listener: () => void): void
  document?: {
    readonly visibilityState: string
    addEventListener(type: string, listener: () => void): void
    removeEventListener(type: string, listener: () => void): void
  }
}

/**
 * Emits when the device or the page is back. `page`: it is online or visible again, comes from the back/forward
 * cache (`pageshow`), or its timers stood still. `clock`: the time of day jumped, either way, and nothing else did;
 * it was set, or the device slept and its clock for durations stood still, as in Chrome on macOS and Linux. Never
 * completes, never errors.
 *
 * @param page where a page says so; `undefined` outside a browser, where the clocks alone tell
 * @param elapsed a clock for durations, in milliseconds
 */
export function fromWake(
  page: WakeSource | undefined,
  scheduler: SchedulerLike,
  elapsed: () => number,
): Observable<'page' | 'clock'> {
  return new Observable((subscriber) => {
    const wake = (): void => subscriber.next('page')
    const show = (): void => {
      if (page?.document?.visibilityState === 'visible') wake()
    }
    let seen = { at: scheduler.now(), elapsedMs: elapsed() }
    const clock = after(lookMs, scheduler, lookMs).subscribe(() => {
      const now = { at: scheduler.now(), elapsedMs: elapsed() }
      const lateMs = now.elapsedMs - seen.elapsedMs - lookMs
      const jumpedMs = now.at - seen.at - lookMs
      seen = now
      if (lateMs > jumpMs) wake()
      else if (Math.abs(jumpedMs) > jumpMs) subscriber.next('clock')
    })
    // React Native has a window that tells nothing.
    page?.addEventListener?.('online', wake)
    page?.addEventListener?.('pageshow', wake)
    page?.document?.addEventListener?.('visibilitychange', show)
    return () => {
      clock.unsubscribe()
      page?.removeEventListener?.('online', wake)
      page?.removeEventListener?.('pageshow', wake)
      page?.document?.removeEventListener?.('visibilitychange', show)
    }
  })
}
