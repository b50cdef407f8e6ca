import type { Run } from '../../src/runs/run-store.ts'

/** A job that is running, as the store reads it. */
export function runningJob(id: string, different: Partial<Run> = {}): Run {
  return {
    id,
    kind: 'job',
    name: 'export_users',
    owner: null,
    status: 'running',
    progress: 1,
    message: null,
    output: null,
    error: null,
    attempt: 1,
    revision: 1,
    step: null,
    waitingFor: null,
    steps: null,
    isCancelRequested: false,
    ...different,
  }
}
