export { type Client, createClient } from './client.ts'
export type { FailureCause } from './connection/backoff.ts'
export type {
  ClosedReason,
  ConnectionReason,
  ConnectionState,
} from './connection/connection-model.ts'
export type { Api, NoArgs, Signature, WorkflowSignature } from './definitions/api.ts'
export type {
  Definition,
  JobDefinition,
  MutationDefinition,
  QueryDefinition,
  WorkflowDefinition,
} from './definitions/definition.ts'
export { defineJob, type JobsOf, jobsOf } from './definitions/jobs.ts'
export { defineMutation, type MutationsOf, mutationsOf } from './definitions/mutations.ts'
export { defineQuery, type QueriesOf, queriesOf } from './definitions/queries.ts'
export { type Codec, withCodec } from './definitions/with-codec.ts'
export { withFiles } from './definitions/with-files.ts'
export { defineWorkflow, type WorkflowsOf, workflowsOf } from './definitions/workflows.ts'
export {
  ClientClosed,
  HeadwayError,
  JobCancelled,
  type JobEnd,
  JobFailed,
  JobMissing,
  JobRefused,
  JobUnwatched,
  ProtocolError,
  RpcError,
  type RpcErrorFields,
  StartFailed,
} from './errors.ts'
export { type GroupChoices, type GroupOptions, type GroupOutput, groupOf } from './groups/group.ts'
export { startMany } from './groups/start-many.ts'
export { type ReadRow, type ReadRuns, readRuns } from './lists/read-runs.ts'
export type { JobRow, RunRow, WorkflowRow } from './lists/run-row.ts'
export type { RowOf, RunsFilter, RunsName, RunsStatus } from './lists/runs-filter.ts'
export { idleRuns, type RunsView } from './lists/runs-view.ts'
export { watchRuns } from './lists/watch-runs.ts'
export type { RunsHandle } from './lists/watched-runs.ts'
export type { ClientOptions, PersistStorage, TokenSource } from './options.ts'
export type { ChildCounts } from './protocol/snapshot-members.ts'
export type { JobStatus, WorkflowStatus } from './protocol/snapshots.ts'
export type { CallOptions } from './rpc/call.ts'
export { idleJob, type JobState, type JobView } from './state/job-state.ts'
export type { JobPhase, WorkflowPhase } from './state/phase.ts'
export { idleQuery, type QueryView } from './state/query-state.ts'
export type { Sync } from './state/sync.ts'
export {
  idleWorkflow,
  type WorkflowState,
  type WorkflowStepState,
  type WorkflowView,
} from './state/workflow-state.ts'
export { createStore, type Store, type ValueStore } from './store/store.ts'
export type { JobHandle, RunHandle, RunOptions, WorkflowHandle } from './tracking/handle.ts'
export type { QueryHandle } from './tracking/watch.ts'
