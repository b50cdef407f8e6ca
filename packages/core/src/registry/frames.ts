import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs'
import { after } from '../time/after.ts'

/**
 * The interval at which `everyFrame` checks that the page still paints, in milliseconds. Hidden
 * pages, iframes that
 * are not displayed, and workers of either do not paint. Nothing waits longer than twice this.
 */
const paintCheckMs = 125

/**
 * Calls `onFrame` before each paint of a page, and at intervals while the page does not paint.
 * Outside pages, and with a test's clock, it calls `onFrame` once per `intervalMs`. Runs until its
 * subscription ends.
 *
 * @see https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html#animation-frames
 */
export function everyFrame(
  intervalMs: number,
  scheduler: SchedulerLike,
  onFrame: () => void,
): Subscription {
  if (scheduler !== asyncScheduler || typeof requestAnimationFrame === 'undefined') {
    return after(intervalMs, scheduler, intervalMs).subscribe(onFrame)
  }
  let hasPainted = false
  const onPaint = (): void => {
    hasPainted = true
    frame = requestAnimationFrame(onPaint)
    onFrame()
  }
  let frame = requestAnimationFrame(onPaint)
  const checks = after(paintCheckMs, scheduler, paintCheckMs).subscribe(() => {
    if (!hasPainted) onFrame()
    hasPainted = false
  })
  checks.add(() => cancelAnimationFrame(frame))
  return checks
}

/** True when the page is hidden: browsers may then hold its timers back for a minute. */
export function isHidden(): boolean {
  return globalThis.document?.hidden === true
}
