import type { WorkflowDefinition, WorkflowHandle, WorkflowView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Options of {@link useWorkflow}. */
export interface UseWorkflowOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, WorkflowView<TOutput>, TOutput> {
  /** Shows the workflow with this id. `undefined` while you do not know it. */
  workflowId?: string | undefined
}

/** The view of a workflow, with its actions. */
export interface UsedWorkflow<TArgs, TOutput>
  extends WorkflowView<TOutput>,
    RunActions<TArgs, WorkflowHandle<TOutput>> {}

/** Shows the part of a workflow that `select` returns. Renders again when that part changes. */
export function useWorkflow<TArgs, TOutput, S>(
  workflow: WorkflowDefinition<TArgs, TOutput>,
  options: UseWorkflowOptions<TArgs, TOutput> & { select: (workflow: WorkflowView<TOutput>) => S },
): S
/**
 * Shows a workflow: the last one that `args` or `start()` started, until `workflowId` changes.
 *
 * @example
 * ```tsx
 * const workflow = useWorkflow(verifyAccount, { args: { userId } })
 * return <ol>{workflow.steps.map(({ name, status }) => <li key={name}>{name}: {status}</li>)}</ol>
 * ```
 */
export function useWorkflow<TArgs, TOutput>(
  workflow: WorkflowDefinition<TArgs, TOutput>,
  options?: UseWorkflowOptions<TArgs, TOutput>,
): UsedWorkflow<TArgs, TOutput>
export function useWorkflow(
  workflow: WorkflowDefinition<never, unknown>,
  { workflowId, ...options }: { workflowId?: string | undefined } = {},
): unknown {
  // The definition says what the callbacks receive.
  return useRun(workflow, workflowId, options as AnyRunOptions)
}
