import type { JobStatus, WorkflowStatus } from '../src/protocol/index.ts'
import { followJob, reduceJob } from '../src/state/job-state.ts'
import { idleQuery, reduceQuery } from '../src/state/query-state.ts'
import { type Fold, type FollowEvent, toFold } from '../src/state/run-state.ts'
import { followWorkflow, reduceWorkflow } from '../src/state/workflow-state.ts'
import type { ModelState } from './model-truth.ts'

/** A kind of target, for the model. */
export interface Kind {
  follow: () => Fold<unknown>
  reduce: (fold: Fold<unknown>, event: FollowEvent<unknown>) => Fold<unknown>
  toSnapshot: (state: ModelState) => unknown
  /** The members of the view that come from the server. */
  shown: (view: unknown) => unknown
  isDone: (view: unknown) => boolean
}

/** Erases the type parameters of a kind. */
const toKind = <V, S>(kind: {
  follow: () => Fold<V>
  reduce: (fold: Fold<V>, event: FollowEvent<S>) => Fold<V>
  toSnapshot: (state: ModelState) => S
  shown: (view: V) => unknown
  isDone: (view: V) => boolean
}): Kind => kind as unknown as Kind

/** The kinds, with a snapshot and a view of theirs for each state of the model's run. */
export const kinds = {
  job: toKind({
    follow: () => followJob('j'),
    reduce: reduceJob,
    toSnapshot: ({ status, ...rest }) => ({
      job_id: 'j',
      status: status as JobStatus,
      message: null,
      output: status === 'completed' ? { rows: 3 } : null,
      ...rest,
    }),
    shown: ({ status, progress, error }) => ({ status, progress, error }),
    isDone: ({ isDone }) => isDone,
  }),
  workflow: toKind({
    follow: () => followWorkflow('w'),
    reduce: reduceWorkflow,
    toSnapshot: ({ status, progress, error, ...rest }) => ({
      workflow_id: 'w',
      status: (status === 'dead_letter' ? 'failed' : status) as WorkflowStatus,
      step: null,
      waiting_for: null,
      steps: [{ name: String(progress), status: 'running' as const, error: null }],
      output: null,
      error,
      ...rest,
    }),
    shown: ({ status, steps, error }) => ({
      status: status === 'failed' ? 'dead_letter' : status,
      progress: Number(steps[0]?.name),
      error,
    }),
    isDone: ({ isDone }) => isDone,
  }),
  query: toKind({
    follow: () => toFold(idleQuery),
    reduce: reduceQuery,
    toSnapshot: ({ revision, ...data }) => ({ data, ...(revision !== undefined && { revision }) }),
    shown: ({ data }) => data,
    isDone: () => false,
  }),
}
