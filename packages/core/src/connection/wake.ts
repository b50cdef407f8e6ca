import { Observable, type SchedulerLike, timer } from 'rxjs'

/** How often the clock is looked at, and how far it has to have jumped for the device to have slept, in milliseconds. */
const lookMs = 5_000
const jumpMs = 2 * lookMs

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
 * back/forward cache), or a clock that jumped, as after sleep. Never completes, never errors.
 *
 * @param page where a page says so; `undefined` outside a browser, where the clock alone tells
 */
export function fromWake(page: WakeSource | undefined, scheduler: SchedulerLike): Observable<void> {
  return new Observable((subscriber) => {
    const wake = (): void => subscriber.next()
    const show = (): void => {
      if (page?.document?.visibilityState === 'visible') wake()
    }
    let seenAt = scheduler.now()
    const clock = timer(lookMs, lookMs, scheduler).subscribe(() => {
      const now = scheduler.now()
      if (now - seenAt > jumpMs) wake()
      seenAt = now
    })
    page?.addEventListener('online', wake)
    page?.addEventListener('pageshow', wake)
    page?.document?.addEventListener('visibilitychange', show)
    return () => {
      clock.unsubscribe()
      page?.removeEventListener('online', wake)
      page?.removeEventListener('pageshow', wake)
      page?.document?.removeEventListener('visibilitychange', show)
    }
  })
}
