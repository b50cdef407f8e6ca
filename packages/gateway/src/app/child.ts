import type { Json } from './api.ts'
import type { ChildBranch } from './branch.ts'
import type { StepOptions } from './step.ts'
import type { ServerWorkflow } from './workflow.ts'

/**
 * A workflow to be run side by side with others, under an id of its own and by whichever worker takes it.
 * Its owner is its parent's; cancelling the parent cancels it. `compensate` undoes what it has done.
 */
export function child<TStep extends string, TInput, TOutput, TArgs, TReturned, TEvents>(
  name: TStep,
  workflow: ServerWorkflow<TArgs, TReturned, TInput, TOutput, TEvents>,
  args: NoInfer<TArgs>,
  options: Pick<StepOptions<Json<NoInfer<TOutput>>>, 'compensate'> = {},
): ChildBranch<TStep, Json<TOutput>> {
  return { type: 'child', name, workflow, args, ...options }
}
