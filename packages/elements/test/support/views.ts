import {
  idleJob,
  idleWorkflow,
  type JobView,
  type Sync,
  type WorkflowStepState,
  type WorkflowView,
} from '@headway/core'

/** A job that runs and is current. */
export function job(fields: Partial<JobView<unknown>> = {}): JobView<unknown> {
  return {
    ...idleJob,
    ...{ jobId: 'a', status: 'running', phase: 'running', isActive: true, attempt: 1 },
    sync: { status: 'live', since: 0, reason: null },
    ...fields,
  }
}

/** A workflow that runs and is current. */
export function workflow(fields: Partial<WorkflowView<unknown>> = {}): WorkflowView<unknown> {
  const { jobId, ...shared } = job()
  return { ...idleWorkflow, ...shared, workflowId: 'w', status: 'running', ...fields }
}

type End = 'succeeded' | 'failed' | 'cancelled' | 'missing'

/** The members of a view that has ended in this phase. */
export function ended<TEnd extends End>(
  phase: TEnd,
): { phase: TEnd; isActive: false; isDone: true } {
  return { phase, isActive: false, isDone: true }
}

/** The sync of a view that is out of date since `since`, epoch milliseconds. */
export function stale(reason = 'network', since = 0): { sync: Sync } {
  return { sync: { status: 'stale', since, reason } }
}

/** A step of a workflow. */
export function step(name: string, status: WorkflowStepState['status']): WorkflowStepState {
  return { name, status, error: null, startedAt: null, finishedAt: null }
}
