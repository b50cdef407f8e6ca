import {
  EMPTY,
  ignoreElements,
  map,
  merge,
  mergeMap,
  Observable,
  of,
  Subject,
  tap,
  timer,
} from 'rxjs'
import { backoffDelay } from '../connection/backoff.ts'
import type { Session } from '../connection/session.ts'
import type { ResolvedOptions } from '../options.ts'
import { type Registered, registerJob } from './register.ts'

/** How one registration ended for good on this session. */
export interface Registration {
  jobId: string
  registered: Exclude<Registered, { type: 'failed' }>
}

/** A registration that is due; `attempt` counts from 1. */
interface Due {
  jobId: string
  attempt: number
}

/**
 * Registers jobs on one session, a few at a time, and emits how each ended. One that failed for now
 * waits its turn without holding up the others. Unsubscribing aborts what is under way.
 *
 * @param isFollowed asked again before each attempt: a job nobody follows any more is passed over
 */
export function registrations(
  options: ResolvedOptions,
  session: Session,
  jobIds$: Observable<string>,
  isFollowed: (jobId: string) => boolean,
): Observable<Registration> {
  const again$ = new Subject<Due>()

  const attempt = (due: Due): Observable<Due & { registered: Registered }> => {
    if (!isFollowed(due.jobId)) return EMPTY
    return abortable((signal) => registerJob(options, session, due.jobId, signal)).pipe(
      map((registered) => ({ ...due, registered })),
    )
  }
  const settle = (ended: Due & { registered: Registered }): Observable<Registration> => {
    const { jobId, registered } = ended
    if (registered.type !== 'failed') return of({ jobId, registered })
    const next = { jobId, attempt: ended.attempt + 1 }
    const { retryAfterMs } = registered
    const chance = options.random()
    const delayMs = backoffDelay({ cause: 'network', attempt: next.attempt, chance, retryAfterMs })
    return timer(delayMs).pipe(
      tap(() => again$.next(next)),
      ignoreElements(),
    )
  }

  return merge(jobIds$.pipe(map((jobId) => ({ jobId, attempt: 1 }))), again$).pipe(
    mergeMap(attempt, options.maxRegistrationsInFlight),
    mergeMap(settle),
  )
}

/** A promise's value, begun on subscription; unsubscribing aborts the signal it was given. */
function abortable<T>(begin: (signal: AbortSignal) => Promise<T>): Observable<T> {
  return new Observable((subscriber) => {
    const controller = new AbortController()
    begin(controller.signal).then(
      (value) => {
        subscriber.next(value)
        subscriber.complete()
      },
      (error: unknown) => subscriber.error(error),
    )
    return () => controller.abort()
  })
}
