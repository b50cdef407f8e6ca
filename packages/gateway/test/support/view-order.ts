import type { JobView, QueryView, WorkflowView } from '@headway/core'

/** Looks at each view that is shown of one target, and reports those that cannot be. */
export type ViewOrder<TView> = (view: TView) => void

/**
 * Reports a state of a run that is older than an earlier one, that comes after the end, or that is
 * an end without success.
 */
export function orderOfRun(
  report: (wrong: string) => void,
): ViewOrder<JobView<unknown> | WorkflowView<unknown>> {
  let newest = { revision: 0, attempt: 0, progress: 0 }
  let isOver = false
  return (view) => {
    const { status, attempt, isDone } = view
    const id = 'jobId' in view ? view.jobId : view.workflowId
    // A run that is not started yet has no state of its own.
    if (!id) return
    const revision = view.revision ?? 0
    const progress = 'jobId' in view ? (view.progress ?? 0) : completedSteps(view)
    const at = `${id} ${status}, revision ${revision}, attempt ${attempt}, progress ${progress}`
    const isBackwards =
      revision < newest.revision ||
      attempt < newest.attempt ||
      (attempt === newest.attempt && progress < newest.progress)
    if (isBackwards) report(`${at} after ${JSON.stringify(newest)}`)
    if (isOver && !isDone) report(`${at} after its end`)
    if (isDone && status !== 'completed') report(`${at}: ${view.error}`)
    newest = { revision, attempt, progress }
    isOver ||= isDone
  }
}

/** Reports a result that is lower than an earlier one: the counts of the application only grow. */
export function orderOfCount(
  name: string,
  report: (wrong: string) => void,
): ViewOrder<QueryView<number>> {
  let highest = 0
  return ({ data }) => {
    if (data === null) return
    if (data < highest) report(`${name} is ${data} after ${highest}`)
    highest = Math.max(highest, data)
  }
}

function completedSteps({ steps }: WorkflowView<unknown>): number {
  return steps.filter(({ status }) => status === 'completed').length
}
