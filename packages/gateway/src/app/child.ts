import type { ChildBranch } from './branch.ts'
import type { WorkflowDefinition } from './workflow.ts'

/**
 * A workflow to be run side by side with others, under an id of its own and by whichever worker takes it.
 * Its owner is its parent's; cancelling the parent cancels it.
 */
export function child<TStep extends string, TInput, TOutput, TArgs, TReturned, TEvents>(
  name: TStep,
  workflow: WorkflowDefinition<TArgs, TReturned, TInput, TOutput, TEvents>,
  args: NoInfer<TArgs>,
): ChildBranch<TStep, TOutput> {
  return { type: 'child', name, workflow, args }
}
