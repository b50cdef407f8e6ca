import type { JobDefinition, JobHandle, JobView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Options of {@link useJob}. */
export interface UseJobOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, JobView<TOutput>, TOutput> {
  /** Shows the job with this id. `undefined` while you do not know it. */
  jobId?: string | undefined
}

/** The view of a job, with its actions. */
export interface UsedJob<TArgs, TOutput>
  extends JobView<TOutput>,
    RunActions<TArgs, JobHandle<TOutput>> {}

/** Shows the part of a job that `select` returns. Renders again when that part changes. */
export function useJob<TArgs, TOutput, S>(
  job: JobDefinition<TArgs, TOutput>,
  options: UseJobOptions<TArgs, TOutput> & { select: (job: JobView<TOutput>) => S },
): S
/**
 * Shows a job: the last one that `args` or `start()` started, until `jobId` changes.
 *
 * @example
 * ```tsx
 * const job = useJob(exportUsers)
 * return <button onClick={() => job.start({ format: 'csv' })}>{job.progress ?? job.phase}</button>
 * ```
 */
export function useJob<TArgs, TOutput>(
  job: JobDefinition<TArgs, TOutput>,
  options?: UseJobOptions<TArgs, TOutput>,
): UsedJob<TArgs, TOutput>
export function useJob(
  job: JobDefinition<never, unknown>,
  { jobId, ...options }: { jobId?: string | undefined } = {},
): unknown {
  // The definition says what the callbacks receive.
  return useRun(job, jobId, options as AnyRunOptions)
}
