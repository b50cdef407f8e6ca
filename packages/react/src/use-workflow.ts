import type { WorkflowDefinition, WorkflowHandle, WorkflowView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Which workflow to show, and how. */
export interface UseWorkflowOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, WorkflowView<TOutput>, TOutput> {
  /** Follows this workflow, started elsewhere; `undefined` while it is not known. */
  workflowId?: string | undefined
}

/** A workflow as it is now, and what can be done about it. */
export interface UsedWorkflow<TArgs, TOutput>
  extends WorkflowView<TOutput>,
    RunActions<TArgs, WorkflowHandle<TOutput>> {}

/** Shows what `select` picks of a workflow, and renders again when that changes. */
export function useWorkflow<TArgs, TOutput, S>(
  workflow: WorkflowDefinition<TArgs, TOutput>,
  options: UseWorkflowOptions<TArgs, TOutput> & { select: (workflow: WorkflowView<TOutput>) => S },
): S
/**
 * Shows a workflow: the one that was started last, by `args` or `start()`, until `workflowId` changes to another.
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
