import type { JobDefinition, JobHandle, JobView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { Refs } from './to-refs.ts'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Options of {@link useJob}. */
export interface UseJobOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, JobView<TOutput>, TOutput> {
  /**
   * Shows the job with this id: a ref, a getter or a value. `undefined` while you do not know it.
   */
  jobId?: MaybeRefOrGetter<string | undefined>
}

/** The view of a job, with one ref per field, and its actions. */
export type UsedJob<TArgs, TOutput> = Refs<JobView<TOutput>> & RunActions<TArgs, JobHandle<TOutput>>

/** A ref of the part of a job that `select` returns. */
export function useJob<TArgs, TOutput, S>(
  job: JobDefinition<TArgs, TOutput>,
  options: UseJobOptions<TArgs, TOutput> & { select: (job: JobView<TOutput>) => S },
): ComputedRef<S>
/**
 * Shows a job: the last one that `args` or `start()` started, until `jobId` changes.
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
