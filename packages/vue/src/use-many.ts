import {
  type GroupChoices,
  type GroupOutput,
  groupOf,
  type JobDefinition,
  type JobHandle,
  type JobView,
  type WorkflowDefinition,
} from '@headway/core'
import { type AnyRunDefinition, beginMany, type RunActions } from '@headway/core/adapter'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { Refs } from './to-refs.ts'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Options of {@link useMany}. `title` and `tags` are those of the group. */
export interface UseManyOptions<TArgs>
  extends UseRunOptions<readonly TArgs[], JobView<GroupOutput>, GroupOutput>,
    GroupChoices<TArgs> {
  /**
   * Shows the group with this id: a ref, a getter or a value. `undefined` while you do not know it.
   */
  jobId?: MaybeRefOrGetter<string | undefined>
}

/**
 * The view of a group, with one ref per field, with its actions. `start` takes the list of
 * arguments.
 */
export type UsedMany<TArgs> = Refs<JobView<GroupOutput>> &
  RunActions<readonly TArgs[], JobHandle<GroupOutput>>

/** A ref of the part of a group that `select` returns. */
export function useMany<TArgs, S>(
  definition: JobDefinition<TArgs, unknown> | WorkflowDefinition<TArgs, unknown>,
  options: UseManyOptions<NoInfer<TArgs>> & { select: (group: JobView<GroupOutput>) => S },
): ComputedRef<S>
/**
 * Starts one run for each item of a list, as a group, and shows it: the last one that `args` or
 * `start()` started, until `jobId` changes. `useRuns({ parent: jobId })` shows its runs.
 *
 * @example
 * ```ts
 * const { children, start } = useMany(importFile, { label: ({ name }) => ({ title: name }) })
 * ```
 */
export function useMany<TArgs>(
  definition: JobDefinition<TArgs, unknown> | WorkflowDefinition<TArgs, unknown>,
  options?: UseManyOptions<NoInfer<TArgs>>,
): UsedMany<TArgs>
export function useMany(
  definition: AnyRunDefinition,
  { jobId, ...options }: { jobId?: MaybeRefOrGetter<string | undefined> } = {},
): unknown {
  // The definition says what the callbacks receive.
  return useRun(groupOf(definition), jobId, options as AnyRunOptions, beginMany(definition))
}
