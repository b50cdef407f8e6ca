import type { Json } from './api.ts'
import type { ChildBranch } from './branch.ts'
import type { StepOptions } from './step.ts'
import type { ServerWorkflow } from './workflow.ts'

/**
 * A workflow as a branch of another one. It has an id of its own, and any worker may run it. It
 * belongs to the owner of its parent; cancelling the parent cancels it. `compensate` undoes its
 * effects.
 */
export function child<TStep extends string, TInput, TOutput, TArgs, TReturned, TEvents>(
  name: TStep,
  workflow: ServerWorkflow<TArgs, TReturned, TInput, TOutput, TEvents>,
  args: NoInfer<TArgs>,
  options: Pick<StepOptions<Json<NoInfer<TOutput>>>, 'compensate'> = {},
): ChildBranch<TStep, Json<TOutput>> {
  return { type: 'child', name, workflow, args, ...options }
}
