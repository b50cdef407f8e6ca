import type { HeadwayError } from '../errors.ts'
import { followJob, type JobView, reduceJob } from '../state/job-state.ts'
import { toFold } from '../state/run-state.ts'
import { followWorkflow, reduceWorkflow, type WorkflowView } from '../state/workflow-state.ts'

const started = { type: 'started' } as const
const job: JobView<unknown> = reduceJob(followJob(''), started).view
const workflow: WorkflowView<unknown> = reduceWorkflow(followWorkflow(''), started).view

/** What is shown from `start()` until the server has created the run: the same for all. */
export const starting: { job: JobView<unknown>; workflow: WorkflowView<unknown> } = {
  job,
  workflow,
}

/** What is shown of a start that failed. */
export function failedStart(
  kind: 'job' | 'workflow',
  error: HeadwayError,
): JobView<unknown> | WorkflowView<unknown> {
  const failed = { type: 'startFailed', error } as const
  return kind === 'job'
    ? reduceJob(toFold(job), failed).view
    : reduceWorkflow(toFold(workflow), failed).view
}
