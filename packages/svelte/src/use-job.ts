import type { JobDefinition, JobHandle, JobView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import type { MaybeGetter } from './getter.ts'
import type { Readable } from './to-readable.ts'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Options of {@link useJob}. */
export interface UseJobOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, JobView<TOutput>, TOutput> {
  /** Shows the job with this id: a value or a function. `undefined` while you do not know it. */
  jobId?: MaybeGetter<string | undefined>
}

/** The view of a job, as `$job` or `job.current`, with its actions. */
export interface UsedJob<TArgs, TOutput>
  extends Readable<JobView<TOutput>>,
    RunActions<TArgs, JobHandle<TOutput>> {}

/** The part of a job that `select` returns. Notifies when that part changes. */
export function useJob<TArgs, TOutput, S>(
  job: JobDefinition<TArgs, TOutput>,
  options: UseJobOptions<TArgs, TOutput> & { select: (job: JobView<TOutput>) => S },
): Readable<S>
/**
 * Shows a job: the last one that `args` or `start()` started, until `jobId` changes.
 *
 * @example
 * ```svelte
 * const job = useJob(exportUsers, { jobId: () => page.params.id })
 * <p>{job.current.progress}</p>
 * <button onclick={() => job.start({ format: 'csv' })}>Export</button>
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
