import type { WorkflowDefinition, WorkflowHandle, WorkflowView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { Refs } from './to-refs.ts'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Options of {@link useWorkflow}. */
export interface UseWorkflowOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, WorkflowView<TOutput>, TOutput> {
  /**
   * Shows the workflow with this id: a ref, a getter or a value. `undefined` while you do not know
   * it.
   */
  workflowId?: MaybeRefOrGetter<string | undefined>
}

/** The view of a workflow, with one ref per field, and its actions. */
export type UsedWorkflow<TArgs, TOutput> = Refs<WorkflowView<TOutput>> &
  RunActions<TArgs, WorkflowHandle<TOutput>>

/** A ref of the part of a workflow that `select` returns. */
export function useWorkflow<TArgs, TOutput, S>(
  workflow: WorkflowDefinition<TArgs, TOutput>,
  options: UseWorkflowOptions<TArgs, TOutput> & { select: (workflow: WorkflowView<TOutput>) => S },
): ComputedRef<S>
/**
 * Shows a workflow: the last one that `args` or `start()` started, until `workflowId` changes.
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
