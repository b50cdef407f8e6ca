import type { WorkflowDefinition, WorkflowHandle, WorkflowView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { Refs } from './to-refs.ts'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Which workflow to show, and how. */
export interface UseWorkflowOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, WorkflowView<TOutput>, TOutput> {
  /** Follows this workflow, started elsewhere: a ref, a getter or a value; `undefined` while it is not known. */
  workflowId?: MaybeRefOrGetter<string | undefined>
}

/** A workflow as it is now, a ref for each field, and what can be done about it. */
export type UsedWorkflow<TArgs, TOutput> = Refs<WorkflowView<TOutput>> &
  RunActions<TArgs, WorkflowHandle<TOutput>>

/** A ref of what `select` picks of a workflow. */
export function useWorkflow<TArgs, TOutput, S>(
  workflow: WorkflowDefinition<TArgs, TOutput>,
  options: UseWorkflowOptions<TArgs, TOutput> & { select: (workflow: WorkflowView<TOutput>) => S },
): ComputedRef<S>
/**
 * Shows a workflow: the one that was started last, by `args` or `start()`, until `workflowId` changes to another.
 *
 * @example
 * ```ts
 * const { steps, step, start } = useWorkflow(verifyAccount, { workflowId: () => props.workflowId })
 * ```
 */
export function useWorkflow<TArgs, TOutput>(
  workflow: WorkflowDefinition<TArgs, TOutput>,
  options?: UseWorkflowOptions<TArgs, TOutput>,
): UsedWorkflow<TArgs, TOutput>
export function useWorkflow(
  workflow: WorkflowDefinition<never, unknown>,
  { workflowId, ...options }: { workflowId?: MaybeRefOrGetter<string | undefined> } = {},
): unknown {
  // The definition says what the callbacks receive.
  return useRun(workflow, workflowId, options as AnyRunOptions)
}
