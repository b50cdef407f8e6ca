import { asyncScheduler, type SchedulerLike, type Subscription, timer } from 'rxjs'

/** How often a page that is hidden, and so paints nothing, goes on all the same, in milliseconds. */
const hiddenMs = 250

/**
 * Calls `tick` before each paint of a page; elsewhere, and under a clock that is not the platform's,
 * once per interval. Ends with its subscription.
 *
 * @see https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html#animation-frames
 */
export function everyFrame(
  intervalMs: number,
  scheduler: SchedulerLike,
  tick: () => void,
): Subscription {
  if (scheduler !== asyncScheduler || typeof requestAnimationFrame === 'undefined') {
    return timer(intervalMs, intervalMs, scheduler).subscribe(tick)
  }
  const paint = (): void => {
    frame = requestAnimationFrame(paint)
    tick()
  }
  let frame = requestAnimationFrame(paint)
  const hidden = timer(hiddenMs, hiddenMs).subscribe(() => {
    if (document.hidden) tick()
  })
  hidden.add(() => cancelAnimationFrame(frame))
  return hidden
}
