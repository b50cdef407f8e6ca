import type { Observable } from 'rxjs'
import { JobUnwatched } from '../errors.ts'
import { followJob, type JobView } from '../state/job-state.ts'
import { createStore, type Store, toObservable } from '../store/store.ts'
import { outcomeOf } from './outcome.ts'
import type { Registry } from './registry.ts'

/**
 * One tracked job.
 *
 * A handle from `start()` follows its job from the beginning; one from `attach()` while somebody
 * subscribes or awaits `result`. `unsubscribe()` ends both; a later subscriber follows it anew.
 */
export interface JobHandle<TOutput> extends Store<JobView<TOutput>> {
  /** The view now, then each change. Never completes, never errors: how the job ended is in the view. */
  readonly state$: Observable<JobView<TOutput>>
  /**
   * The job's output, once it is `completed`: one promise, made when first asked for. Rejects with
   * `StartFailed`, `JobFailed`, `JobCancelled`, `JobMissing`, or `JobUnwatched` after `unsubscribe()`.
   */
  readonly result: Promise<TOutput>
  /**
   * Asks the server to cancel the job; resolves when the server has taken note, which is before the
   * job has stopped. On a job that has ended it does nothing. Rejects with `RpcError` or `StartFailed`.
   */
  cancel(reason?: string): Promise<void>
  /** Stops watching. The job goes on. Calling it twice is harmless. */
  unsubscribe(): void
}

/** A handle, and the two things that only its maker may do. */
export interface HandleControl<TOutput> {
  handle: JobHandle<TOutput>
  /** Shows a view that comes from no server: of a start that is under way, or failed. */
  show(view: JobView<TOutput>): void
  /** There is a job now: it is followed as soon as somebody wants it. */
  follow(jobId: string): void
}

/** What a handle is made of. */
export interface HandleOptions<TOutput> {
  registry: Registry
  first: JobView<TOutput>
  /** Whether to follow the job before anybody subscribes. */
  isHeld: boolean
  cancel: (reason: string | undefined) => Promise<void>
}

/** A handle that shows `first` until it has a job to follow. */
export function createHandle<TOutput>(options: HandleOptions<TOutput>): HandleControl<TOutput> {
  const { registry, cancel } = options
  const shown = createStore(options.first)
  let { isHeld } = options
  let isStopped = false
  let subscribers = 0
  let jobId = options.first.jobId
  let stop: (() => void) | null = null
  let result: Promise<TOutput> | undefined
  let abandon: (() => void) | undefined

  const watch = (): void => {
    const cell = registry.hold(jobId)
    // Cells know no types: the definition that came with this handle does.
    const show = (): void => shown.set(cell.getSnapshot() as JobView<TOutput>)
    const unsubscribe = cell.subscribe(show)
    stop = () => {
      unsubscribe()
      registry.release(cell)
    }
    show()
  }
  const settle = (): void => {
    const isWanted = jobId !== '' && !isStopped && (isHeld || subscribers > 0)
    if (isWanted && !stop) watch()
    if (!isWanted && stop) {
      stop()
      stop = null
    }
  }
  const subscribe = (listener: () => void): (() => void) => {
    subscribers += 1
    isStopped = false
    settle()
    const unsubscribe = shown.subscribe(listener)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      unsubscribe()
      subscribers -= 1
      settle()
    }
  }
  const awaitResult = (): Promise<TOutput> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const outcome = outcomeOf(shown.getSnapshot())
        if (!outcome) return
        unsubscribe()
        if ('error' in outcome) reject(outcome.error)
        else resolve(outcome.output)
      }
      const unsubscribe = subscribe(check)
      abandon = () => {
        unsubscribe()
        reject(new JobUnwatched('unsubscribe() was called before the job ended; the job goes on'))
      }
      check()
    })

  const handle: JobHandle<TOutput> = {
    getSnapshot: shown.getSnapshot,
    subscribe,
    state$: toObservable({ getSnapshot: shown.getSnapshot, subscribe }),
    get result() {
      result ??= awaitResult()
      return result
    },
    cancel,
    unsubscribe() {
      isHeld = false
      isStopped = true
      abandon?.()
      settle()
    },
  }
  return {
    handle,
    show: shown.set,
    follow(id) {
      jobId = id
      settle()
      if (!stop) shown.set(followJob(id).view)
    },
  }
}
