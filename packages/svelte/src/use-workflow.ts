import type { WorkflowDefinition, WorkflowHandle, WorkflowView } from '@headway/core'
import type { RunActions } from '@headway/core/adapter'
import type { MaybeGetter } from './getter.ts'
import type { Readable } from './to-readable.ts'
import { type AnyRunOptions, type UseRunOptions, useRun } from './use-run.ts'

/** Which workflow to show, and how. */
export interface UseWorkflowOptions<TArgs, TOutput>
  extends UseRunOptions<TArgs, WorkflowView<TOutput>, TOutput> {
  /** Follows this workflow, started elsewhere: a value or a function; `undefined` while it is not known. */
  workflowId?: MaybeGetter<string | undefined>
}

/** A workflow as it is now, for `$workflow` and as `workflow.current`, and what can be done about it. */
export interface UsedWorkflow<TArgs, TOutput>
  extends Readable<WorkflowView<TOutput>>,
    RunActions<TArgs, WorkflowHandle<TOutput>> {}

/** What `select` picks of a workflow; says nothing until that is another. */
export function useWorkflow<TArgs, TOutput, S>(
  workflow: WorkflowDefinition<TArgs, TOutput>,
  options: UseWorkflowOptions<TArgs, TOutput> & { select: (workflow: WorkflowView<TOutput>) => S },
): Readable<S>
/**
 * Shows a workflow: the one that was started last, by `args` or `start()`, until `workflowId` changes to another.
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
