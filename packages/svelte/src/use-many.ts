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
import type { MaybeGetter } from './getter.ts'
import type { Readable } from './to-readable.ts'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Options of {@link useMany}. `title` and `tags` are those of the group. */
export interface UseManyOptions<TArgs>
  extends UseRunOptions<readonly TArgs[], JobView<GroupOutput>, GroupOutput>,
    GroupChoices<TArgs> {
  /** Shows the group with this id: a value or a function. `undefined` while you do not know it. */
  jobId?: MaybeGetter<string | undefined>
}

/**
 * The view of a group, as `$group` or `group.current`, with its actions. `start` takes the list of
 * arguments.
 */
export interface UsedMany<TArgs>
  extends Readable<JobView<GroupOutput>>,
    RunActions<readonly TArgs[], JobHandle<GroupOutput>> {}

/** The part of a group that `select` returns. Notifies when that part changes. */
export function useMany<TArgs, S>(
  definition: JobDefinition<TArgs, unknown> | WorkflowDefinition<TArgs, unknown>,
  options: UseManyOptions<NoInfer<TArgs>> & { select: (group: JobView<GroupOutput>) => S },
): Readable<S>
/**
 * Starts one run for each item of a list, as a group, and shows it: the last one that `args` or
 * `start()` started, until `jobId` changes. `useRuns({ parent: jobId })` shows its runs.
 *
 * @example
 * ```svelte
 * const group = useMany(importFile, { label: ({ name }) => ({ title: name }) })
 * <button onclick={() => group.start(files)}>Import</button>
 * <p>{group.current.children?.done} of {group.current.children?.total}</p>
 * ```
 */
export function useMany<TArgs>(
  definition: JobDefinition<TArgs, unknown> | WorkflowDefinition<TArgs, unknown>,
  options?: UseManyOptions<NoInfer<TArgs>>,
): UsedMany<TArgs>
export function useMany(
  definition: AnyRunDefinition,
  { jobId, ...options }: { jobId?: MaybeGetter<string | undefined> } = {},
): unknown {
  // The definition says what the callbacks receive.
  return useRun(groupOf(definition), jobId, options as AnyRunOptions, beginMany(definition))
}
