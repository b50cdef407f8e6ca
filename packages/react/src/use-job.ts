import type { JobDefinition, JobHandle, JobView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Which job to show, and how. */
export interface UseJobOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, JobView<TOutput>, TOutput> {
  /** Follows this job, started elsewhere; `undefined` while it is not known. */
  jobId?: string | undefined
}

/** A job as it is now, and what can be done about it. */
export interface UsedJob<TArgs, TOutput>
  extends JobView<TOutput>,
    RunActions<TArgs, JobHandle<TOutput>> {}

/** Shows what `select` picks of a job, and renders again when that changes. */
export function useJob<TArgs, TOutput, S>(
  job: JobDefinition<TArgs, TOutput>,
  options: UseJobOptions<TArgs, TOutput> & { select: (job: JobView<TOutput>) => S },
): S
/**
 * Shows a job: the one that was started last, by `args` or `start()`, until `jobId` changes to another.
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
