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
 * Emits when the device or the page is back: `online`, visible again, `pageshow` (from the
 * back/forward cache), or a clock that jumped, either way: timers that stood still, as in sleep, or a time
 * of day that was set. Never completes, never errors.
 *
 * @param page where a page says so; `undefined` outside a browser, where the clocks alone tell
 * @param elapsed a clock for durations, in milliseconds
 */
export function fromWake(
  page: WakeSource | undefined,
  scheduler: SchedulerLike,
  elapsed: () => number,
): Observable<void> {
  return new Observable((subscriber) => {
    const wake = (): void => subscriber.next()
    const show = (): void => {
      if (page?.document?.visibilityState === 'visible') wake()
    }
    let seen = { at: scheduler.now(), elapsedMs: elapsed() }
    const clock = after(lookMs, scheduler, lookMs).subscribe(() => {
      const now = { at: scheduler.now(), elapsedMs: elapsed() }
      const passed = [now.at - seen.at, now.elapsedMs - seen.elapsedMs]
      seen = now
      if (passed.some((ms) => Math.abs(ms - lookMs) > jumpMs)) wake()
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
