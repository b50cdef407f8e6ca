import type { JobDefinition, JobHandle, JobView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { Refs } from './to-refs.ts'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Which job to show, and how. */
export interface UseJobOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, JobView<TOutput>, TOutput> {
  /** Follows this job, started elsewhere: a ref, a getter or a value; `undefined` while it is not known. */
  jobId?: MaybeRefOrGetter<string | undefined>
}

/** A job as it is now, a ref for each field, and what can be done about it. */
export type UsedJob<TArgs, TOutput> = Refs<JobView<TOutput>> & RunActions<TArgs, JobHandle<TOutput>>

/** A ref of what `select` picks of a job. */
export function useJob<TArgs, TOutput, S>(
  job: JobDefinition<TArgs, TOutput>,
  options: UseJobOptions<TArgs, TOutput> & { select: (job: JobView<TOutput>) => S },
): ComputedRef<S>
/**
 * Shows a job: the one that was started last, by `args` or `start()`, until `jobId` changes to another.
 *
 * @example
 * ```ts
 * const { status, progress, start } = useJob(exportUsers, { jobId: () => props.jobId })
 * ```
 */
export function useJob<TArgs, TOutput>(
  job: JobDefinition<TArgs, TOutput>,
  options?: UseJobOptions<TArgs, TOutput>,
): UsedJob<TArgs, TOutput>
export function useJob(
  job: JobDefinition<never, unknown>,
  { jobId, ...options }: { jobId?: MaybeRefOrGetter<string | undefined> } = {},
): unknown {
  // The definition says what the callbacks receive.
  return useRun(job, jobId, options as AnyRunOptions)
}
