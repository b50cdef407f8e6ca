import { Observable, type SchedulerLike } from 'rxjs'
import { after } from '../time/after.ts'

/** The interval at which the clocks are checked, in milliseconds. */
const checkMs = 5_000
/** A larger difference than this between two checks is a jump, in milliseconds. */
const jumpMs = 5_000

/** The part of `window` that {@link fromWake} uses. */
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
 * Emits when the device or the page wakes up. `page`: the page is online or visible again, comes
 * from the back/forward cache (`pageshow`), or its timers stood still. `clock`: only the time of
 * day jumped, in either direction. It was set, or the device slept while its clock for durations
 * stood still, as in Chrome on macOS and Linux. Never completes, never errors.
 *
 * @param page the window; `undefined` outside a browser, where only the clocks are checked
 * @param elapsed a clock for durations, in milliseconds
 */
export function fromWake(
  page: WakeSource | undefined,
  scheduler: SchedulerLike,
  elapsed: () => number,
): Observable<'page' | 'clock'> {
  return new Observable((subscriber) => {
    const wake = (): void => subscriber.next('page')
    const wakeIfVisible = (): void => {
      if (page?.document?.visibilityState === 'visible') wake()
    }
    let seen = { at: scheduler.now(), elapsedMs: elapsed() }
    const clock = after(checkMs, scheduler, checkMs).subscribe(() => {
      const now = { at: scheduler.now(), elapsedMs: elapsed() }
      const lateMs = now.elapsedMs - seen.elapsedMs - checkMs
      const jumpedMs = now.at - seen.at - checkMs
      seen = now
      if (lateMs > jumpMs) wake()
      else if (Math.abs(jumpedMs) > jumpMs) subscriber.next('clock')
    })
    // The window of React Native has no events.
    page?.addEventListener?.('online', wake)
    page?.addEventListener?.('pageshow', wake)
    page?.document?.addEventListener?.('visibilitychange', wakeIfVisible)
    return () => {
      clock.unsubscribe()
      page?.removeEventListener?.('online', wake)
      page?.removeEventListener?.('pageshow', wake)
      page?.document?.removeEventListener?.('visibilitychange', wakeIfVisible)
    }
  })
}
