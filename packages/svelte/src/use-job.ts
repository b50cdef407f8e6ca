import type { JobDefinition, JobHandle, JobView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import type { MaybeGetter } from './getter.ts'
import type { Readable } from './to-readable.ts'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Which job to show, and how. */
export interface UseJobOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, JobView<TOutput>, TOutput> {
  /** Follows this job, started elsewhere: a value or a function; `undefined` while it is not known. */
  jobId?: MaybeGetter<string | undefined>
}

/** A job as it is now, for `$job` and as `job.current`, and what can be done about it. */
export interface UsedJob<TArgs, TOutput>
  extends Readable<JobView<TOutput>>,
    RunActions<TArgs, JobHandle<TOutput>> {}

/** What `select` picks of a job; says nothing until that is another. */
export function useJob<TArgs, TOutput, S>(
  job: JobDefinition<TArgs, TOutput>,
  options: UseJobOptions<TArgs, TOutput> & { select: (job: JobView<TOutput>) => S },
): Readable<S>
/**
 * Shows a job: the one that was started last, by `args` or `start()`, until `jobId` changes to another.
 *
 * @example
 * ```svelte
 * const job = useJob(exportUsers, { jobId: () => page.params.id })
 * <p>{job.current.progress}</p> <button onclick={() => job.start({ format: 'csv' })}>Export</button>
 * ```
 */
export function useJob<TArgs, TOutput>(
  job: JobDefinition<TArgs, TOutput>,
  options?: UseJobOptions<TArgs, TOutput>,
): UsedJob<TArgs, TOutput>
export function useJob(
  job: JobDefinition<never, unknown>,
  { jobId, ...options }: { jobId?: MaybeGetter<string | undefined> } = {},
): unknown {
  // The definition says what the callbacks receive.
  return useRun(job, jobId, options as AnyRunOptions)
}
