import { type MonoTypeOperatorFunction, Observable, type Subscription, timer } from 'rxjs'

/** The bytes stopped: nothing came for longer than the other side promised to be silent. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError'
}

/**
 * Errors with {@link SilenceError} when the source is silent for too long; otherwise it is the source.
 *
 * @param limitMs how long the source may be silent at first, in milliseconds
 * @param nextLimitMs how long after `value`, given how long before it: a source can say how often it pings
 */
export function failOnSilence<T>(
  limitMs: number,
  nextLimitMs: (limitMs: number, value: T) => number = (same) => same,
): MonoTypeOperatorFunction<T> {
  return (source) =>
    new Observable((subscriber) => {
      let limit = limitMs
      let watchdog: Subscription | undefined
      const watch = (): void => {
        watchdog?.unsubscribe()
        watchdog = timer(limit).subscribe(() => {
          subscriber.error(new SilenceError(`Nothing came for ${limit} ms`))
        })
      }
      watch()
      subscriber.add(() => watchdog?.unsubscribe())
      subscriber.add(
        source.subscribe({
          next: (value) => {
            limit = nextLimitMs(limit, value)
            watch()
            subscriber.next(value)
          },
          error: (error) => subscriber.error(error),
          complete: () => subscriber.complete(),
        }),
      )
    })
}
