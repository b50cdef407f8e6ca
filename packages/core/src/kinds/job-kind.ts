import { parseJobSnapshot } from '../protocol/snapshots.ts'
import { followJob, reduceJob } from '../state/job-state.ts'
import { createRunKind, type RunKind } from './run-kind.ts'

/** The kind of all jobs. */
export const jobKind: RunKind = /* @__PURE__ */ createRunKind({
  name: 'job',
  path: '/subscribe-job',
  missing: 'JOB_NOT_FOUND',
  parse: parseJobSnapshot,
  reduce: reduceJob,
  toFold: followJob,
  idOf: ({ jobId }) => jobId,
  toItem: (id) => ({ kind: 'job', id, job_id: id }),
})
