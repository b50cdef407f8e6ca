import { type MonoTypeOperatorFunction, Observable, type SchedulerLike, Subscription } from 'rxjs'
import { after } from '../time/after.ts'

/** Nothing came for longer than the server's ping interval allows. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError'
}

/**
 * Passes the source on. Errors with {@link SilenceError} when it is silent for too long. A value
 * costs one read of the clock; the only timer is set again when it is due, not for each value.
 *
 * @param limitMs returns the longest silence, in milliseconds. Called after each value, because a
 *   value can change the ping interval
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
