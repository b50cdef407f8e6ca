import { defineJob, idleJob, type JobState } from '@headway/core'
import { readable } from 'svelte/store'
import { useClient } from './client-context.ts'

/** One started job, as a Svelte store. */
export interface JobStore<TOutput> {
  /** The state at once, then each change; `loading` until the server has created the job. */
  subscribe: (run: (value: JobState<TOutput> & { loading: boolean }) => void) => () => void
  /** Stops watching. The job goes on. */
  unsubscribe: () => void
}

/**
 * Starts a job, once, and follows it. On a server it starts nothing and shows a job that loads.
 *
 * @example
 * ```ts
 * const job = createJobStore<{ format: string }, ExportResult>('export_users', { format: 'csv' })
 * ```
 */
export function createJobStore<TArgs, TOutput>(name: string, args: TArgs): JobStore<TOutput> {
  if (typeof window === 'undefined') return loadingStore
  const job = useClient().start(defineJob<TArgs, TOutput>(name), args)
  const { subscribe } = readable(job.getSnapshot(), (set) => {
    const stop = job.subscribe(() => set(job.getSnapshot()))
    set(job.getSnapshot())
    return () => {
      stop()
      // Until somebody subscribed, the start held the job; the last one to leave lets go of it.
      job.unsubscribe()
    }
  })
  return { subscribe, unsubscribe: job.unsubscribe }
}

const loadingStore: JobStore<never> = {
  subscribe(run) {
    run({ ...idleJob, loading: true })
    return () => undefined
  },
  unsubscribe: () => undefined,
}
