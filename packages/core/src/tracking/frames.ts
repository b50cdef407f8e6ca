import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs'
import { after } from '../time/after.ts'

/**
 * How often it is looked whether frames still come, in milliseconds: without them nothing waits longer than twice
 * this. Hidden pages, iframes that are not displayed and their workers paint nothing.
 */
const lookMs = 125

/**
 * Calls `tick` before each paint of a page, and when none came for a while; elsewhere, and under a clock that is not
 * the platform's, once per interval. Ends with its subscription.
 *
 * @see https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html#animation-frames
 */
export function everyFrame(
  intervalMs: number,
  scheduler: SchedulerLike,
  tick: () => void,
): Subscription {
  if (scheduler !== asyncScheduler || typeof requestAnimationFrame === 'undefined') {
    return after(intervalMs, scheduler, intervalMs).subscribe(tick)
  }
  let hasPainted = false
  const paint = (): void => {
    hasPainted = true
    frame = requestAnimationFrame(paint)
    tick()
  }
  let frame = requestAnimationFrame(paint)
  const unpainted = after(lookMs, scheduler, lookMs).subscribe(() => {
    if (!hasPainted) tick()
    hasPainted = false
  })
  unpainted.add(() => cancelAnimationFrame(frame))
  return unpainted
}

/** Whether the page says that nobody sees it: its timers may then be held back for a minute. */
export function isHidden(): boolean {
  return globalThis.document?.hidden === true
}
