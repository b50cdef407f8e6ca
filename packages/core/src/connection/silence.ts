import { type MonoTypeOperatorFunction, Observable, type SchedulerLike, Subscription } from 'rxjs'
import { after } from '../time/after.ts'

/** The bytes stopped: nothing came for longer than the other side promised to be silent. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError'
}

/**
 * Errors with {@link SilenceError} when the source is silent for too long; otherwise it is the source.
 * A value costs a look at the clock; the one timer looks back when it is due.
 *
 * @param limitMs how long the source may be silent now, in milliseconds: asked after each value, since
 *   a source can say how often it pings
 * @param elapsed a clock for durations, in milliseconds
 */
export function failOnSilence<T>(
  limitMs: () => number,
  scheduler: SchedulerLike,
  elapsed: () => number,
): MonoTypeOperatorFunction<T> {
  return (source) =>
    new Observable((subscriber) => {
      let heardAt = elapsed()
      let limit = limitMs()
      let watchdog = Subscription.EMPTY
      const watch = (): void => {
        watchdog.unsubscribe()
        watchdog = after(heardAt + limit - elapsed(), scheduler).subscribe(() => {
          limit = limitMs()
          if (heardAt + limit > elapsed()) watch()
          else subscriber.error(new SilenceError(`Nothing came for ${limit} ms`))
        })
      }
      watch()
      subscriber.add(() => watchdog.unsubscribe())
      subscriber.add(
        source.subscribe({
          next: (value) => {
            heardAt = elapsed()
            subscriber.next(value)
            const next = limitMs()
            if (next === limit) return
            limit = next
            if (!subscriber.closed) watch()
          },
          error: (error) => subscriber.error(error),
          complete: () => subscriber.complete(),
        }),
      )
    })
}
