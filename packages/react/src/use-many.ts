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
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Options of {@link useMany}. `title` and `tags` are those of the group. */
export interface UseManyOptions<TArgs>
  extends UseRunOptions<readonly TArgs[], JobView<GroupOutput>, GroupOutput>,
    GroupChoices<TArgs> {
  /** Shows the group with this id. `undefined` while you do not know it. */
  jobId?: string | undefined
}

/** The view of a group, with its actions. `start` takes the list of arguments. */
export interface UsedMany<TArgs>
  extends JobView<GroupOutput>,
    RunActions<readonly TArgs[], JobHandle<GroupOutput>> {}

/** Shows the part of a group that `select` returns. Renders again when that part changes. */
export function useMany<TArgs, S>(
  definition: JobDefinition<TArgs, unknown> | WorkflowDefinition<TArgs, unknown>,
  options: UseManyOptions<NoInfer<TArgs>> & { select: (group: JobView<GroupOutput>) => S },
): S
/**
 * Starts one run for each item of a list, as a group, and shows it: the last one that `args` or
 * `start()` started, until `jobId` changes. `useRuns({ parent: jobId })` shows its runs.
 *
 * @example
 * ```tsx
 * const group = useMany(importFile, { label: ({ name }) => ({ title: name }) })
 * return <button onClick={() => group.start(files)}>{group.children?.done ?? group.phase}</button>
 * ```
 */
export function useMany<TArgs>(
  definition: JobDefinition<TArgs, unknown> | WorkflowDefinition<TArgs, unknown>,
  options?: UseManyOptions<NoInfer<TArgs>>,
): UsedMany<TArgs>
export function useMany(
  definition: AnyRunDefinition,
  { jobId, ...options }: { jobId?: string | undefined } = {},
): unknown {
  // The definition says what the callbacks receive.
  return useRun(groupOf(definition), jobId, options as AnyRunOptions, beginMany(definition))
}
