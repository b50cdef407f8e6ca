import {
  isTerminalStatus,
  isTerminalWorkflowStatus,
  type JobSnapshot,
  type WorkflowSnapshot,
} from '../protocol/snapshots.ts'
import type { FakeRun } from './fake-gateway-api.ts'

/** The runs of a fake gateway, in memory. */
export function createFakeRuns(hasRevisions: boolean) {
  const runs = new Map<string, FakeRun>()
  const base = () => ({
    output: null,
    error: null,
    ...(hasRevisions && { revision: 1, attempt: 0 }),
  })
  const add = <T extends FakeRun>(id: string, run: T): T => {
    runs.set(id, run)
    return run
  }
  const get = (id: string): FakeRun => {
    const found = runs.get(id)
    if (found) return found
    throw new Error(`The fake gateway has no run ${id}: start or create it first`)
  }
  return {
    createJob(fields: Partial<JobSnapshot> = {}): JobSnapshot {
      const job_id = fields.job_id ?? `job-${runs.size + 1}`
      const job = { job_id, status: 'pending', progress: 0, message: null, ...base() } as const
      return add(job_id, { ...job, ...fields })
    },
    createWorkflow(fields: Partial<WorkflowSnapshot> = {}): WorkflowSnapshot {
      const workflow_id = fields.workflow_id ?? `workflow-${runs.size + 1}`
      const workflow = { status: 'created', step: null, waiting_for: null } as const
      return add(workflow_id, { workflow_id, ...workflow, steps: [], ...base(), ...fields })
    },
    get: (id: string): FakeRun => get(id),
    /** The run with this id and kind. */
    find(kind: 'job' | 'workflow', id: string): FakeRun | undefined {
      const found = runs.get(id)
      return found && `${kind}_id` in found ? found : undefined
    },
    update(id: string, fields: Partial<JobSnapshot> | Partial<WorkflowSnapshot>): void {
      const before = get(id)
      const next = hasRevisions && { revision: (before.revision ?? 0) + 1 }
      runs.set(id, { ...before, ...next, ...fields } as FakeRun)
    },
    forget: (id: string): void => void runs.delete(id),
  }
}

/** True if a run has ended. */
export function hasEnded(run: FakeRun): boolean {
  return 'job_id' in run ? isTerminalStatus(run.status) : isTerminalWorkflowStatus(run.status)
}

/** The last state of a cancelled run. A workflow ends `compensated`: its steps were undone. */
export function cancelledFields(
  run: FakeRun,
  error: string,
): Partial<JobSnapshot> | Partial<WorkflowSnapshot> {
  if ('job_id' in run) return { status: 'cancelled', error }
  return { status: 'compensated', error, cancel_requested: true }
}
