import { idleJob, idleWorkflow, type JobView, type WorkflowView } from '@headway/core'

/** A job that runs and is current. */
export function job(fields: Partial<JobView<unknown>> = {}): JobView<unknown> {
  const live = { status: 'live', since: 0, reason: null } as const
  return {
    ...idleJob,
    ...{ jobId: 'a', status: 'running', phase: 'running', isActive: true, attempt: 1 },
    sync: live,
    ...fields,
  }
}

/** A workflow that runs and is current. */
export function workflow(fields: Partial<WorkflowView<unknown>> = {}): WorkflowView<unknown> {
  const { jobId, ...shared } = job()
  return { ...idleWorkflow, ...shared, workflowId: 'w', status: 'running', ...fields }
}

/** The members of a view that has ended in this phase. */
export const ended = (phase: 'succeeded' | 'failed' | 'cancelled' | 'missing') =>
  ({ phase, isActive: false, isDone: true }) as const

/** The sync of a view that is out of date since `since`, epoch milliseconds. */
export const stale = (reason = 'network', since = 0) =>
  ({ sync: { status: 'stale', since, reason } }) as const

/** A step of a workflow. */
export const step = (name: string, status: WorkflowView<unknown>['steps'][number]['status']) => ({
  name,
  status,
  error: null,
  startedAt: null,
  finishedAt: null,
})
