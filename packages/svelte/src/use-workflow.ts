import type { WorkflowDefinition, WorkflowHandle, WorkflowView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import type { MaybeGetter } from './getter.ts'
import type { Readable } from './to-readable.ts'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Options of {@link useWorkflow}. */
export interface UseWorkflowOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, WorkflowView<TOutput>, TOutput> {
  /**
   * Shows the workflow with this id: a value or a function. `undefined` while you do not know it.
   */
  workflowId?: MaybeGetter<string | undefined>
}

/** The view of a workflow, as `$workflow` or `workflow.current`, with its actions. */
export interface UsedWorkflow<TArgs, TOutput>
  extends Readable<WorkflowView<TOutput>>,
    RunActions<TArgs, WorkflowHandle<TOutput>> {}

/** The part of a workflow that `select` returns. Notifies when that part changes. */
export function useWorkflow<TArgs, TOutput, S>(
  workflow: WorkflowDefinition<TArgs, TOutput>,
  options: UseWorkflowOptions<TArgs, TOutput> & { select: (workflow: WorkflowView<TOutput>) => S },
): Readable<S>
/**
 * Shows a workflow: the last one that `args` or `start()` started, until `workflowId` changes.
 *
 * @example
 * ```svelte
 * const workflow = useWorkflow(verifyAccount, { workflowId: () => page.params.id })
 * {#each workflow.current.steps as step}<p>{step.name}: {step.status}</p>{/each}
 * ```
 */
export function useWorkflow<TArgs, TOutput>(
  workflow: WorkflowDefinition<TArgs, TOutput>,
  options?: UseWorkflowOptions<TArgs, TOutput>,
): UsedWorkflow<TArgs, TOutput>
export function useWorkflow(
  workflow: WorkflowDefinition<never, unknown>,
  { workflowId, ...options }: { workflowId?: MaybeGetter<string | undefined> } = {},
): unknown {
  // The definition says what the callbacks receive.
  return useRun(workflow, workflowId, options as AnyRunOptions)
}
